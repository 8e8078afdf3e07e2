//! Sending what waits in the outbox.

use std::borrow::Cow;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use time::OffsetDateTime;
use tokio::sync::{Mutex, Notify};
use vestibule_domain::messages::{InstanceId, Lease, Message, OutboxMessage, SentMessage};
use vestibule_domain::ports::{Clock, IdGenerator, Mailer, MessageTemplates, Sealer, SendError, SmsSender};
use vestibule_domain::statistics::CountKind;
use vestibule_domain::store::{Store, StoreError};

use super::reason::reason;
use super::seal_content;
use crate::audit::Origin;
use crate::retry::retrying;
use crate::statistics::{Counted, Tally};
use crate::{Deps, Failure};

/// How many messages are sent at the same time. No more are claimed, so that no message waits while its lease runs.
const PARALLEL: usize = 8;
/// How often more messages are looked for while some are being sent.
const LOOK: Duration = Duration::from_secs(5);
/// How long a claim holds. It is longer than a message can take, or the message could be sent twice.
const LEASE: Duration = Duration::from_mins(20);
/// How far the clock of the next claimer may be ahead: the longest `tokens.leeway` that can be configured.
const LEEWAY: Duration = Duration::from_mins(2);
const _: () = assert!(
    LEASE.as_secs() > DeliverMessages::PER_MESSAGE.as_secs() + LEEWAY.as_secs(),
    "a message that is being sent could be claimed"
);
/// How old a claim may be when the sending of its message begins. The process may have stood still since the claim.
const BEGINS_WITHIN: Duration = LEASE.saturating_sub(LEEWAY).saturating_sub(DeliverMessages::PER_MESSAGE);
/// After this many failed tries a message is parked. With the waits between them that is about six hours.
const ATTEMPTS: u32 = 16;
/// The wait after the first failed try; it doubles with each.
const FIRST_RETRY: Duration = Duration::from_secs(5);
/// The longest wait between two tries.
const LAST_RETRY: Duration = Duration::from_hours(1);

/// Sends waiting messages: claims them under a lease, sends each, and then removes, postpones or parks it. Of those that it
/// removes a record is kept, unless the settings say that none is.
///
/// Only one call works at a time in a process. So when a call finds nothing to claim, every message that was queued
/// before the call is sent or postponed. A slow message holds up no other, because more messages are claimed while it
/// is being sent.
pub struct DeliverMessages {
    instance: InstanceId,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    sealer: Arc<dyn Sealer>,
    templates: Arc<dyn MessageTemplates>,
    mailer: Arc<dyn Mailer>,
    sms: Arc<dyn SmsSender>,
    /// Wakes the worker when a message is queued in this process.
    waiting: Arc<Notify>,
    tally: Tally,
    keeps_sent: bool,
    one_at_a_time: Mutex<()>,
}

/// Counts of messages by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Messages that were sent, or that are for nobody.
    pub sent: usize,
    /// Messages that will be tried again later.
    pub postponed: usize,
    /// Messages that were given up.
    pub parked: usize,
}

impl Delivered {
    /// How many messages there were in all.
    pub fn total(self) -> usize {
        self.sent + self.postponed + self.parked
    }

    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Sent => self.sent += 1,
            Outcome::Postponed => self.postponed += 1,
            Outcome::Parked => self.parked += 1,
            Outcome::Returned => {}
        }
    }
}

/// Why no message could be claimed.
#[derive(Debug, thiserror::Error)]
#[error("messages could not be claimed")]
pub struct DeliverMessagesError(#[from] Failure);

enum Outcome {
    Sent,
    Postponed,
    Parked,
    /// The message was given back untried, because the process stops.
    Returned,
}

/// What was sent, and to whom; `None` is nobody.
struct Sent {
    kind: &'static str,
    recipient: Option<String>,
}

/// What is written to the outbox about a message.
enum Settlement {
    /// The message is gone, and this is kept of it.
    Done(Option<SentMessage>),
    /// The message may be tried again from this time on; the text is the reason.
    Again(OffsetDateTime, String),
    /// The message is as if it had not been claimed.
    Untried,
    Never(OffsetDateTime, String),
}

impl DeliverMessages {
    /// How long one message may take. A mail server may take ten minutes to confirm a mail (RFC 5321 §4.5.3.2.6), and
    /// this is longer: a mail that is cut off at that point may have been sent, and would be sent again.
    pub const PER_MESSAGE: Duration = Duration::from_mins(15);

    pub(crate) fn new(deps: &Deps, tally: &Tally, instance: InstanceId) -> Self {
        Self {
            instance,
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            sealer: deps.sealer.clone(),
            templates: deps.templates.clone(),
            mailer: deps.mailer.clone(),
            sms: deps.sms.clone(),
            waiting: deps.mail_waiting.clone(),
            tally: tally.clone(),
            keeps_sent: deps.keeps_sent_messages,
            one_at_a_time: Mutex::new(()),
        }
    }

    /// The identity under which this process claims messages and does chores. When the process has died, another one
    /// may free its claims: see [`FreeDeadLeases`](super::FreeDeadLeases).
    pub fn instance(&self) -> InstanceId {
        self.instance
    }

    /// Sends waiting messages. Call it again at once as long as it reports messages.
    pub async fn execute(&self) -> Result<Delivered, DeliverMessagesError> {
        self.execute_while(|| true).await
    }

    /// Sends waiting messages, and begins no message once `go_on` says no. Claimed messages that were not begun are
    /// given back.
    ///
    /// Errors: no message could be claimed. It is no error if an earlier claim of the call succeeded; those messages
    /// are sent.
    pub async fn execute_while(&self, go_on: impl Fn() -> bool) -> Result<Delivered, DeliverMessagesError> {
        let _one_at_a_time = self.one_at_a_time.lock().await;
        let mut delivered = Delivered::default();
        let mut under_way = FuturesUnordered::new();
        let mut may_be_more = true;
        loop {
            let free = PARALLEL.saturating_sub(under_way.len());
            if may_be_more && free > 0 && go_on() {
                let lease = Lease(self.ids.random());
                let claimed_at = Instant::now();
                let mut claim = pin!(self.claim(lease, free));
                // Sending continues during the claim, because a message that is being sent may hold what the claim
                // waits for, such as SQLite's writer.
                let claimed = loop {
                    tokio::select! {
                        biased;
                        claimed = &mut claim => break claimed,
                        Some(outcome) = under_way.next() => delivered.count(&outcome),
                    }
                };
                match claimed {
                    Ok(claimed) => {
                        may_be_more = claimed.len() == free;
                        let go_on = &go_on;
                        let go_on = move || go_on() && claimed_at.elapsed() < BEGINS_WITHIN;
                        let begin = claimed.into_iter().map(|message| self.begin(message, lease, go_on));
                        under_way.extend(begin);
                    }
                    Err(failure) if under_way.is_empty() && delivered == Delivered::default() => {
                        return Err(failure.into());
                    }
                    // The next call meets the same failure.
                    Err(failure) => {
                        may_be_more = false;
                        tracing::warn!(
                            error = &failure as &dyn std::error::Error,
                            "no more messages were claimed"
                        );
                    }
                }
            }
            tokio::select! {
                // Finished messages are settled before more are looked for.
                biased;
                outcome = under_way.next() => match outcome {
                    Some(outcome) => delivered.count(&outcome),
                    None => return Ok(delivered),
                },
                () = self.waiting.notified() => may_be_more = true,
                () = tokio::time::sleep(LOOK) => may_be_more = true,
            }
        }
    }

    async fn claim(&self, lease: Lease, limit: usize) -> Result<Vec<OutboxMessage>, Failure> {
        let now = self.clock.now();
        let limit = limit.try_into().unwrap_or(u64::MAX);
        let claim = || async {
            let mut repositories = self.store.repositories();
            repositories.outbox().claim(lease, self.instance, now, now + LEASE, limit).await
        };
        Ok(retrying(claim).await?)
    }

    async fn begin(&self, message: OutboxMessage, lease: Lease, go_on: impl Fn() -> bool) -> Outcome {
        if go_on() {
            return self.deliver(message, lease).await;
        }
        self.settle(&message, lease, Settlement::Untried).await;
        Outcome::Returned
    }

    async fn deliver(&self, message: OutboxMessage, lease: Lease) -> Outcome {
        let (outcome, settlement) = match self.send(&message).await {
            Ok(sent) => {
                tracing::debug!(
                    message.id = %message.id.0,
                    channel = message.channel.name(),
                    notice = sent.kind,
                    "message sent"
                );
                (Outcome::Sent, Settlement::Done(self.record(&message, sent)))
            }
            Err(error @ SendError::Temporary(_)) if message.attempts < ATTEMPTS => {
                let wait = wait_before_retry(&message);
                tracing::warn!(
                    message.id = %message.id.0,
                    channel = message.channel.name(),
                    attempt = message.attempts,
                    error = &error as &dyn std::error::Error,
                    "message postponed"
                );
                let reason = reason("temporary failure", &error);
                (Outcome::Postponed, Settlement::Again(self.clock.now() + wait, reason))
            }
            Err(error @ SendError::Unwelcome(_)) if message.attempts < ATTEMPTS => {
                let wait = wait_before_retry(&message);
                // This does not end by itself, and every message meets it.
                tracing::error!(
                    message.id = %message.id.0,
                    channel = message.channel.name(),
                    attempt = message.attempts,
                    error = &error as &dyn std::error::Error,
                    "messages are refused because of this server or its settings; message postponed"
                );
                let reason = reason("this server is refused", &error);
                (Outcome::Postponed, Settlement::Again(self.clock.now() + wait, reason))
            }
            Err(error) => {
                let verdict = match &error {
                    SendError::Temporary(_) | SendError::Unwelcome(_) => "given up after many tries",
                    SendError::Permanent(_) => "refused",
                };
                tracing::error!(
                    message.id = %message.id.0,
                    channel = message.channel.name(),
                    attempt = message.attempts,
                    error = &error as &dyn std::error::Error,
                    "message parked"
                );
                (Outcome::Parked, Settlement::Never(self.clock.now(), reason(verdict, &error)))
            }
        };
        self.settle(&message, lease, settlement).await;
        outcome
    }

    /// Writes down what became of a message. This is retried when the store asks for it, because a message that was
    /// sent and not settled would be sent again.
    async fn settle(&self, message: &OutboxMessage, lease: Lease, settlement: Settlement) {
        let id = message.id;
        let settled = retrying(|| async {
            let mut repositories = self.store.repositories();
            let outbox = repositories.outbox();
            match &settlement {
                Settlement::Done(sent) => outbox.complete(id, lease, sent.as_ref()).await,
                Settlement::Again(at, reason) => outbox.retry(id, lease, *at, reason).await,
                Settlement::Untried => outbox.give_back(id, lease).await,
                Settlement::Never(at, reason) => outbox.park(id, lease, *at, reason).await,
            }
        });
        let settled = match (&settlement, settled.await) {
            // A record that cannot be added, be it that only its table is locked, is worth less than a message that is
            // sent twice.
            (Settlement::Done(Some(_)), Err(error)) => {
                tracing::error!(
                    message.id = %id.0,
                    error = &error as &dyn std::error::Error,
                    "it is not kept that a message was sent"
                );
                retrying(|| async { self.store.repositories().outbox().complete(id, lease, None).await })
                    .await
            }
            (_, settled) => settled,
        };
        note_lost_lease(message, settled);
    }

    /// What is kept of a message that was sent: nothing of one that goes to nobody.
    fn record(&self, message: &OutboxMessage, Sent { kind, recipient }: Sent) -> Option<SentMessage> {
        let recipient = recipient.filter(|_| self.keeps_sent)?;
        Some(SentMessage {
            id: message.id,
            kind: kind.to_owned(),
            channel: message.channel,
            language: message.language,
            recipient,
            attempts: message.attempts,
            created_at: message.created_at,
            sent_at: self.clock.now(),
        })
    }

    async fn send(&self, message: &OutboxMessage) -> Result<Sent, SendError> {
        // A server with another secret, as during a rotation, cannot open the seal. A server with the right secret
        // still may.
        let plain =
            self.sealer.open(&message.sealed_notice).map_err(|error| SendError::Temporary(error.into()))?;
        // During an update a newer server queues notices that this one does not know, and sends them.
        let (notice, surface) =
            seal_content::read(&plain).map_err(|error| SendError::Temporary(error.into()))?;
        let words = self
            .templates
            .message(&notice, message.language)
            .map_err(|error| SendError::Permanent(error.into()))?;
        let is_mail = matches!(words, Some(Message::Mail(_)));
        let sending = async {
            match words {
                Some(Message::Mail(mail)) => self.mailer.send(message.id, &mail).await,
                Some(Message::Sms(sms)) => self.sms.send(message.id, &sms).await,
                None => Ok(()),
            }
        };
        tokio::time::timeout(Self::PER_MESSAGE, sending)
            .await
            .map_err(|elapsed| SendError::Temporary(elapsed.into()))??;
        if is_mail {
            let surface = surface.map_or(Cow::Borrowed(Origin::WORKER.surface), Cow::Owned);
            self.tally.add(Counted { at: self.clock.now(), surface, kind: CountKind::Mails, amount: 1 });
        }
        Ok(Sent { kind: notice.name(), recipient: notice.recipient().map(str::to_owned) })
    }
}

/// The wait doubles with each try. It differs between messages, so that they do not all come back at once after an
/// outage.
fn wait_before_retry(message: &OutboxMessage) -> Duration {
    let doublings = message.attempts.saturating_sub(1).min(16);
    let wait = FIRST_RETRY.saturating_mul(1 << doublings).min(LAST_RETRY);
    // The last byte of the id is random.
    let jitter = u32::from(message.id.0.as_bytes().last().copied().unwrap_or(0));
    wait + wait * jitter / 1024
}

fn note_lost_lease(message: &OutboxMessage, settled: Result<bool, StoreError>) {
    match settled {
        Ok(true) => {}
        Ok(false) => tracing::warn!(message.id = %message.id.0, "the lease on a message was lost"),
        Err(error) => tracing::error!(
            message.id = %message.id.0,
            error = &error as &dyn std::error::Error,
            "a message could not be settled; it will be claimed again when its lease ends"
        ),
    }
}
