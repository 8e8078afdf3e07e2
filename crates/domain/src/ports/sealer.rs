//! Sealing of secrets at rest.

use crate::Cause;

/// Why something was not sealed or opened.
#[derive(Debug, thiserror::Error)]
#[error("the seal could not be made or does not open")]
pub struct SealError(#[source] pub Cause);

/// Authenticated encryption for what has to be stored and read back: a table holds no secret in the
/// clear.
pub trait Sealer: Send + Sync {
    /// Seals.
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError>;

    /// Opens what this key sealed; anything else is an error.
    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
}
