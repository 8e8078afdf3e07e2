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
        /// When another try is likely to succeed.
        retry_after: Duration,
    },
    /// Any other failure, such as a thread that panicked.
    #[error("the password hasher failed")]
    Failed(#[source] Cause),
}

/// What a comparison of a password with a hash found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// The password does not match.
    Wrong,
    /// The password matches, and its hash stays.
    Right,
    /// The password matches, its hash is weaker than a new one would be, and a new one of this password matches whatever
    /// its owner chose.
    RightButOutdated,
}

/// Hashes passwords, which is slow on purpose, away from the threads that answer requests.
///
/// Different passwords MUST NOT match each other's hashes, however long they are.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a new password with a new salt.
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError>;

    /// Compares a password with a hash.
    ///
    /// Without a hash, because there is no such account, the answer is `Wrong` after the time of a real comparison. A
    /// text that is not a hash counts as the hash of another password. A comparison with a cheaper hash than a new
    /// one MUST take as long as with a new one.
    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError>;
}
