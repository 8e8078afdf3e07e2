//! Keyed hashes without cryptography.

use vestibule_domain::ports::CodeHasher;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::verification::CodeKey;

/// Hashes codes as the real hasher does, but for the strength of the key: one hash for each key and code, and another
/// one under another secret.
pub struct PlainCodes {
    secret: String,
}

impl PlainCodes {
    /// A hasher under this secret.
    pub fn new(secret: &str) -> Self {
        Self { secret: secret.to_owned() }
    }
}

impl CodeHasher for PlainCodes {
    fn digest(&self, key: &CodeKey, secret: &str) -> SecretDigest {
        let parts = [&*self.secret, key.channel().name(), key.purpose().name(), key.to(), secret];
        SecretDigest::of(&format!("{parts:?}"))
    }

    fn former_digest(&self, _: &CodeKey, _: &str) -> Option<SecretDigest> {
        None
    }
}
