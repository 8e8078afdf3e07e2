//! Mail and SMS that are kept for people to look at, and not sent.

mod journal;
mod mailbox;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::messages::{Channel, Mail, MessageId, Sms};
use vestibule_domain::ports::{Clock, Mailer, SendError, SmsSender};

use journal::Journal;
use mailbox::Mailbox;

/// A captured mail or SMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturedMessage {
    /// Serial number; a later mail has a greater one.
    pub id: u64,
    /// When it was captured.
    pub captured_at: OffsetDateTime,
    /// The channel by which it would have been sent.
    pub channel: Channel,
    /// The mail. An SMS is kept as a mail to a number, without subject, HTML part and links.
    pub mail: Mail,
}

/// A mailer and a sender of SMS that keeps the latest 1000 messages, for tests and for the page `/dev/mailbox`.
///
/// The messages and their journal hold secrets in the clear, so this is for development only.
#[derive(Clone)]
pub struct CapturedMail {
    mailbox: Arc<Mutex<Mailbox>>,
    clock: Arc<dyn Clock>,
}

impl CapturedMail {
    /// A mailbox that is lost when the process ends.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { mailbox: Arc::default(), clock }
    }

    /// A mailbox that keeps its messages in a file, readable only by its owner, and finds them again after a restart.
    /// Lines that cannot be read are skipped with a warning. Blocks the thread, so call it at start-up.
    pub fn open(clock: Arc<dyn Clock>, path: impl Into<PathBuf>) -> io::Result<Self> {
        let (journal, messages) = Journal::open(path.into())?;
        Ok(Self { mailbox: Arc::new(Mutex::new(Mailbox::of(messages, journal))), clock })
    }

    /// All mails, newest first.
    pub fn all(&self) -> Vec<CapturedMessage> {
        lock(&self.mailbox).newest_first().cloned().collect()
    }

    /// The messages to an address or a number, in whatever letter case, newest first.
    pub fn to(&self, address: &str) -> Vec<CapturedMessage> {
        let address = address.to_lowercase();
        let mailbox = lock(&self.mailbox);
        mailbox.newest_first().filter(|message| message.mail.to.to_lowercase() == address).cloned().collect()
    }

    /// Forgets all mails, in the journal too.
    pub async fn clear(&self) -> io::Result<()> {
        self.change(Mailbox::clear).await
    }

    async fn keep(&self, channel: Channel, mail: Mail) -> Result<(), SendError> {
        let captured_at = self.clock.now();
        let kept = self.change(move |mailbox| mailbox.keep(captured_at, channel, mail)).await;
        kept.map_err(|error| SendError::Temporary(error.into()))
    }

    /// Changes the mailbox. If that writes to a file, it runs away from the threads that answer requests.
    async fn change<F>(&self, change: F) -> io::Result<()>
    where
        F: FnOnce(&mut Mailbox) -> io::Result<()> + Send + 'static,
    {
        if !lock(&self.mailbox).has_journal() {
            return change(&mut lock(&self.mailbox));
        }
        let mailbox = Arc::clone(&self.mailbox);
        tokio::task::spawn_blocking(move || change(&mut lock(&mailbox))).await.map_err(io::Error::other)?
    }
}

fn lock(mailbox: &Mutex<Mailbox>) -> MutexGuard<'_, Mailbox> {
    mailbox.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Mailer for CapturedMail {
    async fn send(&self, _id: MessageId, mail: &Mail) -> Result<(), SendError> {
        for header in [&mail.to, &mail.subject] {
            if header.contains(['\r', '\n', '\0']) {
                return Err(SendError::Permanent("a header holds a line break or NUL".into()));
            }
        }
        self.keep(Channel::Mail, mail.clone()).await
    }

    async fn look(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn takes_international(&self) -> Option<bool> {
        Some(true)
    }
}

#[async_trait]
impl SmsSender for CapturedMail {
    async fn send(&self, _id: MessageId, sms: &Sms) -> Result<(), SendError> {
        let mail = Mail {
            to: sms.to.as_str().to_owned(),
            subject: String::new(),
            text: sms.text.clone(),
            html: String::new(),
            links: Vec::new(),
            code: sms.code.clone(),
        };
        self.keep(Channel::Sms, mail).await
    }
}
