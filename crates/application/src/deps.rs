//! Everything that the use cases need from outside.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{
    AnswerStore, BreachedPasswords, Cache, Clock, CodeHasher, IdGenerator, Limit, Mailer, MessageTemplates,
    ObjectStore, PasswordHasher, PictureProcessor, RateLimiter, Sealer, SecureRandom, SmsSender, TokenSigner,
};
use vestibule_domain::store::Store;

use crate::policy::{BreachedPolicy, TokenSubject};

/// Every port, and the few settings that concern all surfaces.
#[derive(Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Deps {
    /// Accounts and all that belongs to them.
    pub store: Arc<dyn Store>,
    /// Holds the states of sessions.
    pub cache: Arc<dyn Cache>,
    /// Holds finished answers. `None` where none is kept; then all processes on the store have to keep none.
    pub answers: Option<Arc<dyn AnswerStore>>,
    /// Holds the counters of attempts.
    pub limiter: Arc<dyn RateLimiter>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdGenerator>,
    pub random: Arc<dyn SecureRandom>,
    pub hasher: Arc<dyn PasswordHasher>,
    /// Passwords that nobody should choose.
    pub breached: Arc<dyn BreachedPasswords>,
    pub signer: Arc<dyn TokenSigner>,
    /// Sealing of what the outbox keeps.
    pub sealer: Arc<dyn Sealer>,
    /// Hashes of codes.
    pub codes: Arc<dyn CodeHasher>,
    /// Puts notices into words.
    pub templates: Arc<dyn MessageTemplates>,
    pub mailer: Arc<dyn Mailer>,
    pub sms: Arc<dyn SmsSender>,
    pub objects: Arc<dyn ObjectStore>,
    pub pictures: Arc<dyn PictureProcessor>,
    /// How far the clock of another machine may differ from this one's, where a time from another machine is
    /// compared. It never prolongs a token that has expired.
    pub leeway: Duration,
    /// Wakes the worker that delivers messages.
    pub mail_waiting: Arc<Notify>,
    /// What the access tokens of a surface carry in `sub`, by the surface's name. `None` where they are good at that
    /// surface alone.
    pub subject_at: fn(&str) -> Option<TokenSubject>,
    /// How many open sessions an account may have. One more ends the oldest.
    pub sessions_per_account: u64,
    /// How many uploads an account may begin; `None` is any number. See
    /// [`policy::uploads_per_hour`](crate::policy::uploads_per_hour).
    pub uploads_per_account: Option<Limit>,
    /// Who may not choose breached passwords.
    pub breached_policy: BreachedPolicy,
    /// The language of messages when the request names no language.
    pub default_language: Language,
    /// Whether it is kept to whom messages were sent.
    pub keeps_sent_messages: bool,
}
