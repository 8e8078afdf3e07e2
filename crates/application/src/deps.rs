//! All that the use cases need from outside.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{
    Cache, Clock, IdGenerator, Limit, Mailer, MessageTemplates, ObjectStore, PasswordHasher,
    PictureProcessor, RateLimiter, Sealer, SecureRandom, SmsSender, TokenSigner,
};
use vestibule_domain::store::Store;

/// Every port, and the few settings that concern all surfaces.
#[derive(Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Deps {
    /// Accounts and all that belongs to them.
    pub store: Arc<dyn Store>,
    /// States of sessions.
    pub cache: Arc<dyn Cache>,
    /// Counters of attempts.
    pub limiter: Arc<dyn RateLimiter>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdGenerator>,
    pub random: Arc<dyn SecureRandom>,
    pub hasher: Arc<dyn PasswordHasher>,
    pub signer: Arc<dyn TokenSigner>,
    /// Sealing of what the outbox keeps.
    pub sealer: Arc<dyn Sealer>,
    /// The words of messages.
    pub templates: Arc<dyn MessageTemplates>,
    pub mailer: Arc<dyn Mailer>,
    pub sms: Arc<dyn SmsSender>,
    pub objects: Arc<dyn ObjectStore>,
    pub pictures: Arc<dyn PictureProcessor>,
    /// How far the clock of another machine may be from this one's, where a time that it wrote is compared.
    /// Never favours an expired token.
    pub leeway: Duration,
    /// Wakes the worker that delivers messages.
    pub mail_waiting: Arc<Notify>,
    /// Open sessions of an account at the most: another one ends the oldest.
    pub sessions_per_account: u64,
    /// Uploads of an account; `None` is any number. See [`policy::uploads_per_hour`](crate::policy::uploads_per_hour).
    pub uploads_per_account: Option<Limit>,
    /// The language of messages to people who named none.
    pub default_language: Language,
}
