//! Hashes of codes that are too short for a plain hash.

use crate::secret::SecretDigest;
use crate::verification::CodeKey;

/// Hashes what few guesses would find, with a key that the store does not have.
pub trait CodeHasher: Send + Sync {
    /// The hash of a secret in the place of `key`: the same secret has another one for everybody else and for
    /// every other purpose.
    fn digest(&self, key: &CodeKey, secret: &str) -> SecretDigest;

    /// The hash under a key that no longer makes hashes and may have made some that are kept. `None` if there is none.
    fn former_digest(&self, key: &CodeKey, secret: &str) -> Option<SecretDigest>;
}
