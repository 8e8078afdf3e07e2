//! Keyed hashes of codes.

use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use aws_lc_rs::hmac;
use vestibule_domain::ports::CodeHasher;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::verification::CodeKey;

/// Keeps this use of the secret apart from every other.
const LABEL: &[u8] = b"vestibule codes v1";

/// HMAC-SHA256 (RFC 2104) under a key that HKDF-SHA256 (RFC 5869) derives from a secret.
pub struct HmacCodeHasher {
    key: hmac::Key,
    former: Option<hmac::Key>,
}

/// The key could not be derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key of codes could not be derived")]
pub struct CodeHasherSetupError;

impl HmacCodeHasher {
    /// A hasher under a secret, which tells hashes under the former one too. A secret should have 32 random bytes or more,
    /// which is for the settings to see to.
    pub fn new(secret: &str, former: Option<&str>) -> Result<Self, CodeHasherSetupError> {
        Ok(Self { key: derived(secret)?, former: former.map(derived).transpose()? })
    }
}

fn derived(secret: &str) -> Result<hmac::Key, CodeHasherSetupError> {
    let secret = Salt::new(HKDF_SHA256, &[]).extract(secret.as_bytes());
    let expanded = secret.expand(&[LABEL], hmac::HMAC_SHA256).map_err(|_unspecified| CodeHasherSetupError)?;
    Ok(expanded.into())
}

/// The hash of a secret under a key, in the place of `place`.
fn digest(key: &hmac::Key, place: &CodeKey, secret: &str) -> SecretDigest {
    let mut context = hmac::Context::with_key(key);
    for part in [place.channel().name(), place.purpose().name(), place.to(), secret] {
        // With its length, so that no part goes on in the next one.
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    let tag = context.sign();
    let mut digest = [0; 32];
    digest.copy_from_slice(tag.as_ref());
    SecretDigest::from_bytes(digest)
}

impl CodeHasher for HmacCodeHasher {
    fn digest(&self, key: &CodeKey, secret: &str) -> SecretDigest {
        digest(&self.key, key, secret)
    }

    fn former_digest(&self, key: &CodeKey, secret: &str) -> Option<SecretDigest> {
        self.former.as_ref().map(|former| digest(former, key, secret))
    }
}

#[cfg(test)]
mod tests {
    use vestibule_domain::accounts::{EmailAddress, MobileNumber};
    use vestibule_domain::verification::CodePurpose;

    use super::*;

    fn mail(address: &str) -> CodeKey {
        CodeKey::mail(&EmailAddress::parse(address).unwrap(), CodePurpose::Address)
    }

    #[test]
    fn a_code_has_one_hash_for_each_key() {
        let hasher = HmacCodeHasher::new("a secret", None).unwrap();
        let number = MobileNumber::parse("+33612345678").unwrap();
        let keys = [
            mail("ada@example.com"),
            mail("eve@example.com"),
            CodeKey::sms(&number, CodePurpose::Activation),
            CodeKey::sms(&number, CodePurpose::Address),
        ];
        let digests = keys.clone().map(|key| hasher.digest(&key, "1234"));
        for (place, digest) in digests.iter().enumerate() {
            assert_eq!(*digest, hasher.digest(&keys[place], "1234"));
            assert_ne!(*digest, hasher.digest(&keys[place], "1235"));
            assert!(!digests[..place].contains(digest));
        }
    }

    #[test]
    fn whoever_has_not_the_secret_cannot_try_codes_out() {
        let (key, code) = (mail("ada@example.com"), "1234");
        let digest = HmacCodeHasher::new("a secret", None).unwrap().digest(&key, code);
        assert_ne!(digest, HmacCodeHasher::new("another", None).unwrap().digest(&key, code));
        assert_ne!(digest, SecretDigest::of(code));
    }

    #[test]
    fn a_hash_of_the_former_secret_is_told_beside_the_current_one() {
        let (key, code) = (mail("ada@example.com"), "1234");
        let [former, current] =
            ["former", "current"].map(|secret| HmacCodeHasher::new(secret, None).unwrap().digest(&key, code));
        let changed = HmacCodeHasher::new("current", Some("former")).unwrap();
        assert_eq!((changed.digest(&key, code), changed.former_digest(&key, code)), (current, Some(former)));
    }
}
