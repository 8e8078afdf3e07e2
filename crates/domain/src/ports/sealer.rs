//! Encryption of secrets that are stored.

use crate::Cause;

/// Why a text was not sealed or opened.
#[derive(Debug, thiserror::Error)]
#[error("the seal could not be made or does not open")]
pub struct SealError(#[source] pub Cause);

/// Authenticated encryption, for secrets that are stored and read back. So no table holds a secret in the clear.
pub trait Sealer: Send + Sync {
    /// Encrypts, and protects against changes.
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError>;

    /// Decrypts a seal of the same key. Any other input is an error.
    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
}
