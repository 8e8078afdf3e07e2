//! Ports other than the store.

mod answer_store;
mod breached_passwords;
mod cache;
mod clock;
mod code_hasher;
mod ids;
mod import_key_source;
mod mailer;
mod message_templates;
mod objects;
mod password_hasher;
mod picture_processor;
mod random;
mod rate_limiter;
mod sealer;
mod send_error;
mod sms_sender;
mod token_signer;

pub use answer_store::AnswerStore;
pub use breached_passwords::{BreachedPasswords, BreachedPasswordsError};
pub use cache::{Cache, CacheError};
pub use clock::Clock;
pub use code_hasher::CodeHasher;
pub use ids::IdGenerator;
pub use import_key_source::ImportKeySource;
#[cfg(feature = "mocks")]
pub use import_key_source::MockImportKeySource;
pub use mailer::Mailer;
#[cfg(feature = "mocks")]
pub use mailer::MockMailer;
pub use message_templates::{MessageTemplates, TemplateError};
pub use objects::{CutOffUploads, ObjectError, ObjectStore, ObjectWalk};
#[cfg(feature = "mocks")]
pub use password_hasher::MockPasswordHasher;
pub use password_hasher::{HashError, PasswordHasher, Verification};
pub use picture_processor::{PictureError, PictureProcessor};
pub use random::SecureRandom;
pub use rate_limiter::{Limit, LimitDecision, RateLimitError, RateLimiter};
pub use sealer::{SealError, Sealer};
pub use send_error::SendError;
#[cfg(feature = "mocks")]
pub use sms_sender::MockSmsSender;
pub use sms_sender::SmsSender;
pub use token_signer::{SignError, TokenError, TokenSigner};
