//! Passwords that are known from breaches.

use async_trait::async_trait;

use crate::Cause;
use crate::accounts::Password;

/// The passwords could not be looked up.
#[derive(Debug, thiserror::Error)]
#[error("the breached passwords could not be looked up")]
pub struct BreachedPasswordsError(#[source] pub Cause);

/// Knows passwords that were stolen elsewhere or that many people choose, which is what guesses begin with.
#[async_trait]
pub trait BreachedPasswords: Send + Sync {
    /// Tells whether a password is known. It MUST be the whole password, and MAY be in another letter case.
    ///
    /// Nobody who is asked for it MUST learn the password.
    async fn knows(&self, password: &Password) -> Result<bool, BreachedPasswordsError>;
}
