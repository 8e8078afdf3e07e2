//! Mailers.

use std::sync::Arc;

use vestibule_domain::messages::Mail;
use vestibule_domain::ports::Mailer;
use vestibule_infrastructure::memory::CapturedMail;

use super::Backend;
use crate::FixedClock;

/// A mailer and a look at what it delivered.
#[derive(Clone)]
pub struct WatchedMailer {
    /// The mailer.
    pub mailer: Arc<dyn Mailer>,
    /// What was delivered, oldest first.
    pub delivered: Arc<dyn Fn() -> Vec<Mail> + Send + Sync>,
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

fn watch(captured: CapturedMail) -> WatchedMailer {
    let mailer = Arc::new(captured.clone());
    let delivered = move || captured.all().into_iter().rev().map(|message| message.mail).collect();
    WatchedMailer { mailer, delivered: Arc::new(delivered) }
}
