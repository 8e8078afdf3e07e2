//! Sealing of secrets that are stored and read back.

use std::iter;

use aws_lc_rs::aead::{AES_256_GCM, Aad, MAX_TAG_LEN, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use vestibule_domain::Cause;
use vestibule_domain::ports::{SealError, Sealer};

/// The label of the derived key, so that no other use of the secret has the same key.
const LABEL: &[u8] = b"vestibule sealer v1";
/// The first byte of a seal: the format of the rest.
const VERSION: u8 = 1;

/// AES-256-GCM (NIST SP 800-38D) under a key that HKDF-SHA256 (RFC 5869) derives from a secret.
///
/// A seal is a version byte, a random nonce of 12 bytes, and the ciphertext with its tag of 16 bytes. The
/// version is authenticated too. Nonces are random: one secret is good for some billions of seals.
pub struct AeadSealer {
    key: RandomizedNonceKey,
    /// A key that opens and does not seal.
    former: Option<RandomizedNonceKey>,
}

/// The input is not a seal, or was sealed under another secret.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct BadSeal(&'static str);

impl AeadSealer {
    /// Seals under a secret, and opens what was sealed under it or under the former one. A secret should have 32 random
    /// bytes or more; the settings check that.
    pub fn new(secret: &str, former: Option<&str>) -> Result<Self, SealError> {
        let key = |secret| derive(secret).map_err(|Unspecified| failed("the key could not be derived"));
        Ok(Self { key: key(secret)?, former: former.map(key).transpose()? })
    }
}

fn derive(secret: &str) -> Result<RandomizedNonceKey, Unspecified> {
    let mut key = [0_u8; 32];
    let secret = Salt::new(HKDF_SHA256, &[]).extract(secret.as_bytes());
    secret.expand(&[LABEL], HKDF_SHA256)?.fill(&mut key)?;
    RandomizedNonceKey::new(&AES_256_GCM, &key)
}

fn failed(what: &'static str) -> SealError {
    SealError(Cause::from(BadSeal(what)))
}

impl Sealer for AeadSealer {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut cipher = Vec::with_capacity(plain.len() + MAX_TAG_LEN);
        cipher.extend_from_slice(plain);
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from([VERSION]), &mut cipher)
            .map_err(|Unspecified| failed("the cipher failed"))?;
        Ok([&[VERSION], nonce.as_ref().as_slice(), &cipher].concat())
    }

    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let [VERSION, rest @ ..] = sealed else {
            return Err(failed("the seal is of no known version"));
        };
        let (nonce, cipher) =
            rest.split_first_chunk::<NONCE_LEN>().ok_or_else(|| failed("the seal is too short"))?;
        for key in iter::once(&self.key).chain(&self.former) {
            // Where a key does not fit, the buffer is void.
            let mut buffer = cipher.to_vec();
            if let Ok(plain) = key.open_in_place(Nonce::from(nonce), Aad::from([VERSION]), &mut buffer) {
                return Ok(plain.to_vec());
            }
        }
        Err(failed("the seal is damaged or another's"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sealer(secret: &str) -> AeadSealer {
        AeadSealer::new(secret, None).unwrap()
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens(plain in any::<Vec<u8>>()) {
            let sealed = sealer("secret").seal(&plain).unwrap();
            prop_assert_eq!(sealed.len(), 1 + 12 + plain.len() + 16);
            prop_assert_eq!(sealer("secret").open(&sealed).unwrap(), plain);
        }

        #[test]
        fn a_seal_with_one_bit_changed_does_not_open(at in 0..(1 + 12 + 5 + 16_usize), bit in 0..8) {
            let mut sealed = sealer("secret").seal(b"hello").unwrap();
            sealed[at] ^= 1_u8 << bit;
            prop_assert!(sealer("secret").open(&sealed).is_err());
        }

        #[test]
        fn anything_else_does_not_open(sealed in any::<Vec<u8>>()) {
            prop_assert!(sealer("secret").open(&sealed).is_err());
        }
    }

    #[test]
    fn a_seal_opens_with_its_own_secret_alone() {
        let sealed = sealer("secret").seal(b"hello").unwrap();
        assert!(sealer("another").open(&sealed).is_err());
    }

    #[test]
    fn a_seal_of_the_former_secret_opens_and_none_is_made_under_it() {
        let changed = AeadSealer::new("another", Some("secret")).unwrap();
        let sealed = sealer("secret").seal(b"hello").unwrap();
        assert_eq!(changed.open(&sealed).unwrap(), b"hello");
        let sealed = changed.seal(b"hello").unwrap();
        assert_eq!(changed.open(&sealed).unwrap(), b"hello");
        assert!(sealer("secret").open(&sealed).is_err());
        assert!(changed.open(&sealer("a third").seal(b"hello").unwrap()).is_err());
    }

    #[test]
    fn a_seal_cut_short_does_not_open() {
        let sealed = sealer("secret").seal(b"hello").unwrap();
        for length in 0..sealed.len() {
            assert!(sealer("secret").open(&sealed[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn equal_texts_have_different_seals() {
        let sealer = sealer("secret");
        assert_ne!(sealer.seal(b"hello").unwrap(), sealer.seal(b"hello").unwrap());
    }
}
