//! Sending what waits in the outbox.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use time::OffsetDateTime;
use tokio::sync::Mutex;
use vestibule_domain::messages::{Lease, Message, Notice, OutboxMessage};
use vestibule_domain::ports::{Clock, IdGenerator, Mailer, MessageTemplates, Sealer, SendError, SmsSender};
use vestibule_domain::store::{Store, StoreError};

use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// How many messages are claimed at once.
const BATCH: u64 = 32;
/// How many of them are under way at the same time.
const PARALLEL: usize = 8;
/// How long a claim holds. Longer than a batch can take, or a message could be sent twice.
const LEASE: Duration = Duration::from_mins(5);
/// How long one message may take.
const PER_MESSAGE: Duration = Duration::from_secs(30);
/// After so many failed tries a message is parked: with the waits between them, about six hours.
const ATTEMPTS: u32 = 16;
/// The wait after the first failed try; it doubles with each.
const FIRST_RETRY: Duration = Duration::from_secs(5);
/// The longest wait between two tries.
const LAST_RETRY: Duration = Duration::from_hours(1);

/// Sends waiting messages: claims a batch under a lease, sends each, and removes, postpones or
/// parks it.
///
/// At a time one batch is under way in a process, so that a caller that finds nothing to claim
/// knows that everything queued before its call is sent or postponed.
pub struct DeliverMessages {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    sealer: Arc<dyn Sealer>,
    templates: Arc<dyn MessageTemplates>,
    mailer: Arc<dyn Mailer>,
    sms: Arc<dyn SmsSender>,
    one_batch: Mutex<()>,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Sent, or for nobody.
    pub sent: usize,
    /// To be tried again later.
    pub postponed: usize,
    /// Given up.
    pub parked: usize,
}

impl Delivered {
    /// How many messages were dealt with.
    pub fn total(self) -> usize {
        self.sent + self.postponed + self.parked
    }
}

/// Why no batch was claimed.
#[derive(Debug, thiserror::Error)]
#[error("messages could not be claimed")]
pub struct DeliverMessagesError(#[from] Failure);

impl CodedError for DeliverMessagesError {
    fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    fn code(&self) -> &'static str {
        self.0.code("delivery_failed")
    }
}

enum Outcome {
    Sent,
    Postponed,
    Parked,
    /// Given back untried, because the process stops.
    Returned,
}

/// What is noted in the outbox.
#[derive(Clone, Copy)]
enum Settlement {
    Done,
    /// From this time on.
    Again(OffsetDateTime, &'static str),
    Never(OffsetDateTime, &'static str),
}

impl DeliverMessages {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            sealer: deps.sealer.clone(),
            templates: deps.templates.clone(),
            mailer: deps.mailer.clone(),
            sms: deps.sms.clone(),
            one_batch: Mutex::new(()),
        }
    }

    /// Sends one batch. Call it again at once while it answers that it dealt with something.
    pub async fn execute(&self) -> Result<Delivered, DeliverMessagesError> {
        self.execute_while(|| true).await
    }

    /// Sends one batch, but begins no message once `go_on` says no: what is left of the batch is
    /// given back for others.
    pub async fn execute_while(&self, go_on: impl Fn() -> bool) -> Result<Delivered, DeliverMessagesError> {
        let _one_at_a_time = self.one_batch.lock().await;
        let now = self.clock.now();
        let lease = Lease(self.ids.random());
        let claim =
            || async { self.store.repositories().outbox().claim(lease, now, now + LEASE, BATCH).await };
        let claimed = retrying(claim).await.map_err(Failure::from)?;
        let mut delivered = Delivered::default();
        let go_on = &go_on;
        let deliveries = claimed.into_iter().map(|message| async move {
            if go_on() { self.deliver(message, lease).await } else { self.give_back(message, lease).await }
        });
        let mut outcomes = futures::stream::iter(deliveries).buffer_unordered(PARALLEL);
        while let Some(outcome) = outcomes.next().await {
            match outcome {
                Outcome::Sent => delivered.sent += 1,
                Outcome::Postponed => delivered.postponed += 1,
                Outcome::Parked => delivered.parked += 1,
                Outcome::Returned => {}
            }
        }
        Ok(delivered)
    }

    async fn give_back(&self, message: OutboxMessage, lease: Lease) -> Outcome {
        let now = self.clock.now();
        self.settle(&message, lease, Settlement::Again(now, "the server stopped")).await;
        Outcome::Returned
    }

    async fn deliver(&self, message: OutboxMessage, lease: Lease) -> Outcome {
        let (outcome, settlement) = match self.send(&message).await {
            Ok(name) => {
                tracing::debug!(
                    message.id = %message.id.0,
                    channel = message.channel.name(),
                    notice = name,
                    "message sent"
                );
                (Outcome::Sent, Settlement::Done)
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
                (Outcome::Postponed, Settlement::Again(self.clock.now() + wait, "temporary failure"))
            }
            Err(error) => {
                let reason = match &error {
                    SendError::Temporary(_) => "given up after many tries",
                    SendError::Permanent(_) => "refused",
                };
                tracing::error!(
                    message.id = %message.id.0,
                    channel = message.channel.name(),
                    attempt = message.attempts,
                    error = &error as &dyn std::error::Error,
                    "message parked"
                );
                (Outcome::Parked, Settlement::Never(self.clock.now(), reason))
            }
        };
        self.settle(&message, lease, settlement).await;
        outcome
    }

    /// Notes what became of a message; again, if the store asks for it: one that was sent and is not settled
    /// would be sent once more.
    async fn settle(&self, message: &OutboxMessage, lease: Lease, settlement: Settlement) {
        let id = message.id;
        let settled = retrying(|| async {
            let mut repositories = self.store.repositories();
            let outbox = repositories.outbox();
            match settlement {
                Settlement::Done => outbox.complete(id, lease).await,
                Settlement::Again(at, reason) => outbox.retry(id, lease, at, reason).await,
                Settlement::Never(at, reason) => outbox.park(id, lease, at, reason).await,
            }
        });
        note_lost_lease(message, settled.await);
    }

    async fn send(&self, message: &OutboxMessage) -> Result<&'static str, SendError> {
        // A server with another secret, as during its rotation, cannot open it; the right one still may.
        let plain =
            self.sealer.open(&message.sealed_notice).map_err(|error| SendError::Temporary(error.into()))?;
        let notice: Notice =
            serde_json::from_slice(&plain).map_err(|error| SendError::Permanent(error.into()))?;
        let words = self
            .templates
            .message(&notice, message.language)
            .map_err(|error| SendError::Permanent(error.into()))?;
        let sending = async {
            match words {
                Some(Message::Mail(mail)) => self.mailer.send(message.id, &mail).await,
                Some(Message::Sms(sms)) => self.sms.send(message.id, &sms).await,
                None => Ok(()),
            }
        };
        tokio::time::timeout(PER_MESSAGE, sending)
            .await
            .map_err(|elapsed| SendError::Temporary(elapsed.into()))??;
        Ok(notice.name())
    }
}

/// Doubles with each try and differs between messages, so that an outage does not end in a rush.
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
