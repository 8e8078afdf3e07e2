//! Mailers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mail_parser::MessageParser;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{IdGenerator as _, Mailer};
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_infrastructure::smtp::{MailFolder, Sender, SmtpLimits, SmtpMailer, SmtpSettings};
use vestibule_infrastructure::system::SystemIds;

use super::Backend;
use crate::{FixedClock, SequentialIds, service};

/// A mailer, and a view of what it delivered.
#[derive(Clone)]
pub struct WatchedMailer {
    /// The mailer.
    pub mailer: Arc<dyn Mailer>,
    /// An address that only this test uses.
    pub recipient: String,
    /// The mails that were delivered to the recipient, oldest first. Their links and codes are empty, because no mail
    /// carries them separately.
    pub delivered: Arc<dyn Fn() -> Vec<Mail> + Send + Sync>,
    ids: Arc<SequentialIds>,
}

impl WatchedMailer {
    /// A new id for a mail.
    pub fn next_id(&self) -> MessageId {
        MessageId(self.ids.time_ordered(FixedClock::START))
    }
}

/// The mailbox in this process.
pub async fn captured() -> Backend<WatchedMailer> {
    Backend::alone(watch(CapturedMail::new(Arc::new(FixedClock::new()))))
}

/// The mailbox that keeps a journal.
pub async fn journaled() -> Backend<WatchedMailer> {
    let folder = tempfile::tempdir().unwrap();
    let mail = CapturedMail::open(Arc::new(FixedClock::new()), folder.path().join("mail.jsonl")).unwrap();
    Backend::on(watch(mail), folder)
}

/// A folder of files.
pub async fn folder() -> Backend<WatchedMailer> {
    let folder = tempfile::tempdir().unwrap();
    let mailer = MailFolder::open(folder.path(), FROM).unwrap();
    Backend::on(watch_files(Arc::new(mailer), folder.path()), folder)
}

/// The SMTP server that `scripts/services` starts. It writes a mail to disk before it confirms it.
pub async fn smtp() -> Backend<WatchedMailer> {
    let url = service("smtp");
    let mailer = SmtpMailer::new(smtp_settings(&url)).unwrap();
    Backend::alone(watch_files(Arc::new(mailer), Path::new(&service("smtp_folder"))))
}

/// The sender of all mails.
const FROM: Sender<'_> = Sender { name: Some("Vestibule"), address: "no-reply@vestibule.example" };

/// Settings for a mail server of the tests.
pub fn smtp_settings(url: &str) -> SmtpSettings<'_> {
    let (limits, hello_name) = (SmtpLimits::default(), "accounts.example.org");
    SmtpSettings { url, from: FROM, hello_name, authorities: None, limits }
}

/// An address that no other test uses.
pub fn recipient() -> String {
    format!("ada-{}@example.com", SystemIds.random().simple())
}

fn watch(captured: CapturedMail) -> WatchedMailer {
    let mailer = Arc::new(captured.clone());
    let delivered = move || captured.all().into_iter().rev().map(|message| message.mail).collect();
    WatchedMailer { mailer, recipient: recipient(), delivered: Arc::new(delivered), ids: Arc::default() }
}

fn watch_files(mailer: Arc<dyn Mailer>, folder: &Path) -> WatchedMailer {
    let (recipient, folder) = (recipient(), folder.to_owned());
    let wanted = recipient.clone();
    let delivered = move || mails_to(&folder, &wanted);
    WatchedMailer { mailer, recipient, delivered: Arc::new(delivered), ids: Arc::default() }
}

/// The mails in a folder of `.eml` files that name an address, in the order of the file names.
pub fn mails_to(folder: &Path, address: &str) -> Vec<Mail> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "eml")).collect();
    files.sort();
    let texts = files.into_iter().map(|file| std::fs::read(file).unwrap());
    texts.filter(|text| contains(text, address.as_bytes())).map(|text| parsed(&text)).collect()
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

fn parsed(text: &[u8]) -> Mail {
    let message = MessageParser::default().parse(text).expect("a message");
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).expect("a recipient");
    let part = |part: Option<std::borrow::Cow<'_, str>>| part.expect("a part").into_owned();
    Mail {
        to: to.to_owned(),
        subject: message.subject().expect("a subject").to_owned(),
        text: part(message.body_text(0)),
        html: part(message.body_html(0)),
        links: Vec::new(),
        code: None,
    }
}
