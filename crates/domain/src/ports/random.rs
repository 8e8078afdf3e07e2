//! Randomness.

use crate::secret::SecretToken;

/// A cryptographically secure source of randomness.
pub trait SecureRandom: Send + Sync {
    /// A secret of 32 random bytes as URL-safe base64 without padding: 43 characters (theater
    /// contract 2.1).
    fn token(&self) -> SecretToken;

    /// Random bytes.
    fn bytes(&self) -> [u8; 32];
}
