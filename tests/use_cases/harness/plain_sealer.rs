//! Seals without a cipher.

use std::sync::atomic::{AtomicU64, Ordering};

use vestibule_domain::ports::{SealError, Sealer};
use vestibule_domain::secret::SecretDigest;

/// How many bytes stand before the bytes that were sealed: a number, and a digest in hexadecimal.
const NUMBER: usize = 8;
const HEAD: usize = NUMBER + 64;

/// A sealer that hides what it seals from a look, and from nobody who tries. Like the real one it makes each seal
/// different, and opens a seal with its own secret alone and only as it was made: `tests/contract/sealer.rs`.
pub struct PlainSealer {
    secret: String,
    sealed: AtomicU64,
}

impl PlainSealer {
    /// A sealer under this secret.
    pub fn new(secret: &str) -> Self {
        Self { secret: secret.to_owned(), sealed: AtomicU64::new(0) }
    }

    fn digest(&self, number: &[u8], plain: &[u8]) -> String {
        SecretDigest::of(&format!("{}\n{number:?}\n{plain:?}", self.secret)).to_hex()
    }

    /// Masks bytes, and takes the mask off again.
    fn masked(&self, number: &[u8], bytes: &[u8]) -> Vec<u8> {
        let mask = self.digest(number, b"the mask");
        bytes.iter().zip(mask.bytes().cycle()).map(|(byte, mask)| byte ^ mask ^ 0x80).collect()
    }
}

impl Sealer for PlainSealer {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let number = self.sealed.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Ok([&number, self.digest(&number, plain).as_bytes(), &self.masked(&number, plain)].concat())
    }

    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let Some((head, masked)) = sealed.split_at_checked(HEAD) else {
            return Err(SealError("the seal is too short".into()));
        };
        let (number, digest) = head.split_at(NUMBER);
        let plain = self.masked(number, masked);
        if self.digest(number, &plain).as_bytes() == digest {
            Ok(plain)
        } else {
            Err(SealError("the seal is damaged or another's".into()))
        }
    }
}
