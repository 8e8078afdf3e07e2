//! Password hashing.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;
use crate::accounts::{Password, PasswordHash};

/// Why a password was not hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The queue in front of the hasher is full.
    #[error("too many passwords are being hashed")]
    Busy {
        /// After which time another try is likely to succeed.
        retry_after: Duration,
    },
    /// The hasher failed.
    #[error("the password hasher failed")]
    Failed(#[source] Cause),
}

/// The outcome of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// The password is another one.
    Wrong,
    /// The password is right.
    Right,
    /// The password is right, and its hash is weaker than a new one would be.
    RightButOutdated,
}

/// Hashes passwords slowly, away from the threads that answer requests.
///
/// Passwords that differ MUST NOT compare as equal, however long they are.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a new password.
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError>;

    /// Compares a password with a hash. Without a hash (there is no such account) the answer is
    /// `Wrong`, after the time that a comparison takes. A hash that is none counts as another
    /// password. One that is cheaper than a new one MUST take as long as a new one does.
    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError>;
}
