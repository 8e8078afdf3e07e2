//! Mailed tokens. Who gives one back has read the mail of the account.

use time::OffsetDateTime;

use super::AccountId;
use crate::secret::SecretDigest;

/// What a mailed token does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountTokenKind {
    /// Activates the account.
    Activation,
    /// Sets a new password.
    PasswordReset,
}

/// A mailed token. An account has at most one of each kind: a new token replaces the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AccountToken {
    pub kind: AccountTokenKind,
    pub account: AccountId,
    /// Digest of the secret.
    pub digest: SecretDigest,
    /// The surface at which a reset was asked for. `None` for activation tokens, and for reset tokens from releases
    /// that did not store it.
    pub surface: Option<String>,
    pub created_at: OffsetDateTime,
    /// The first instant at which the token is no longer accepted.
    pub expires_at: OffsetDateTime,
}

impl AccountToken {
    /// Whether the token has expired.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        now >= self.expires_at
    }
}
