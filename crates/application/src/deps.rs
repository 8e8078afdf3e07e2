//! All that the use cases need from outside.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{
    Cache, Clock, CodeHasher, IdGenerator, Limit, Mailer, MessageTemplates, ObjectStore, PasswordHasher,
    PictureProcessor, RateLimiter, Sealer, SecureRandom, SmsSender, TokenSigner,
};
use vestibule_domain::store::Store;

/// Every port, and the few settings that concern all surfaces.
#[derive(Clone)]
pub struct Deps {
    /// Accounts and all that belongs to them.
    pub store: Arc<dyn Store>,
    /// States of sessions.
    pub cache: Arc<dyn Cache>,
    /// Counters of attempts.
    pub limiter: Arc<dyn RateLimiter>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub ids: Arc<dyn IdGenerator>,
    /// Secrets.
    pub random: Arc<dyn SecureRandom>,
    /// Password hashes.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Tokens.
    pub signer: Arc<dyn TokenSigner>,
    /// Sealing of what the outbox keeps.
    pub sealer: Arc<dyn Sealer>,
    /// Hashes of codes.
    pub codes: Arc<dyn CodeHasher>,
    /// The words of messages.
    pub templates: Arc<dyn MessageTemplates>,
    /// Delivery of mail.
    pub mailer: Arc<dyn Mailer>,
    /// Delivery of SMS.
    pub sms: Arc<dyn SmsSender>,
    /// The bytes of pictures.
    pub objects: Arc<dyn ObjectStore>,
    /// Pictures out of uploads.
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
