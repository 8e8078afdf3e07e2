//! Secrets that are handed out once. Only their digests are stored.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A secret in the hands of a person or a client: a mailed token, a refresh token.
///
/// `Debug` does not print the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretToken(String);

impl SecretToken {
    /// Wraps the text of a secret, without a check.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret in the clear, for the one place that sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The digest that is stored in place of the secret.
    pub fn digest(&self) -> SecretDigest {
        SecretDigest::of(&self.0)
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretToken(***)")
    }
}

/// SHA-256 of a secret with at least 128 bits of entropy, or the keyed hash of a shorter one: the only form in which
/// a table holds it.
///
/// Comparison takes constant time.
#[derive(Debug, Clone, Copy, Eq)]
pub struct SecretDigest([u8; 32]);

impl SecretDigest {
    /// SHA-256 of the text's UTF-8 bytes.
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// A digest that was made otherwise: by a keyed hash.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// 64 lower-case hexadecimal digits, the stored form.
    pub fn to_hex(&self) -> String {
        use fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// The first and the last 16 bytes as big-endian numbers, for ids that are derived from a digest.
    pub fn halves(&self) -> [u128; 2] {
        let half = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u128::from(*byte));
        let (first, second) = self.0.split_at(16);
        [half(first), half(second)]
    }

    /// Reads the stored form. `None` if the text is not 64 hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut bytes = [0_u8; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(index * 2..index * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl PartialEq for SecretDigest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_reads_back() {
        let digest = SecretDigest::of("abc");
        assert_eq!(digest.to_hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(SecretDigest::from_hex(&digest.to_hex()), Some(digest));
    }

    #[test]
    fn a_damaged_stored_form_is_refused() {
        for hex in ["", "zz", &"é".repeat(32), &"g".repeat(64)] {
            assert_eq!(SecretDigest::from_hex(hex), None, "{hex}");
        }
    }

    #[test]
    fn debug_does_not_print_the_secret() {
        assert_eq!(format!("{:?}", SecretToken::new("hunter2")), "SecretToken(***)");
    }
}
