//! Tokens that prove to read an account's mail.

use time::OffsetDateTime;

use super::AccountId;
use crate::secret::SecretDigest;

/// What a mailed token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountTokenKind {
    /// Activates the account.
    Activation,
    /// Sets a new password.
    PasswordReset,
}

/// A mailed token. An account has at most one of each kind: a new one takes the old one's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountToken {
    /// What it is good for.
    pub kind: AccountTokenKind,
    /// Whose it is.
    pub account: AccountId,
    /// Digest of the secret.
    pub digest: SecretDigest,
    /// The surface at which it was asked for. Kept with reset tokens; `None` with all others, and with the
    /// tokens from before it was kept.
    pub surface: Option<String>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// The first instant at which it is no longer good.
    pub expires_at: OffsetDateTime,
}

impl AccountToken {
    /// Whether the token is past its life.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        now >= self.expires_at
    }
}
