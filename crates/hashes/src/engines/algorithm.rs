//! Digests by name.

use hmac::{Hmac, KeyInit as _, Mac as _};
use md4::Md4;
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

/// A digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md4,
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

const NAMES: [(&str, Algorithm); 7] = [
    ("md4", Algorithm::Md4),
    ("md5", Algorithm::Md5),
    ("sha1", Algorithm::Sha1),
    ("sha224", Algorithm::Sha224),
    ("sha256", Algorithm::Sha256),
    ("sha384", Algorithm::Sha384),
    ("sha512", Algorithm::Sha512),
];

/// Calls a function that is generic over the digest.
macro_rules! with_digest {
    ($algorithm:expr, $function:ident($($argument:expr),*)) => {
        match $algorithm {
            Algorithm::Md4 => $function::<Md4>($($argument),*),
            Algorithm::Md5 => $function::<Md5>($($argument),*),
            Algorithm::Sha1 => $function::<Sha1>($($argument),*),
            Algorithm::Sha224 => $function::<Sha224>($($argument),*),
            Algorithm::Sha256 => $function::<Sha256>($($argument),*),
            Algorithm::Sha384 => $function::<Sha384>($($argument),*),
            Algorithm::Sha512 => $function::<Sha512>($($argument),*),
        }
    };
}

impl Algorithm {
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, algorithm)| *algorithm)
    }

    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// The length of the digest in bytes.
    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Md4 | Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Nanoseconds for one block of input.
    pub(crate) const fn nanoseconds(self) -> u64 {
        match self {
            Self::Md4 | Self::Sha1 | Self::Sha224 | Self::Sha256 => 50,
            Self::Md5 => 80,
            Self::Sha384 | Self::Sha512 => 200,
        }
    }

    pub(crate) fn digest(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            for part in parts {
                digest.update(part);
            }
            digest.finalize().to_vec()
        }
        with_digest!(self, digest(parts))
    }

    /// HMAC (RFC 2104).
    pub(crate) fn hmac(self, key: &[u8], message: &[u8]) -> Vec<u8> {
        macro_rules! hmac {
            ($digest:ty) => {
                // HMAC takes a key of any length.
                Hmac::<$digest>::new_from_slice(key)
                    .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
                    .unwrap_or_default()
            };
        }
        match self {
            Self::Md4 => hmac!(Md4),
            Self::Md5 => hmac!(Md5),
            Self::Sha1 => hmac!(Sha1),
            Self::Sha224 => hmac!(Sha224),
            Self::Sha256 => hmac!(Sha256),
            Self::Sha384 => hmac!(Sha384),
            Self::Sha512 => hmac!(Sha512),
        }
    }

    /// PBKDF2 with HMAC (RFC 8018 §5.2).
    pub(crate) fn pbkdf2(self, password: &[u8], salt: &[u8], iterations: u32, output: &mut [u8]) {
        use pbkdf2::pbkdf2_hmac as derive;
        with_digest!(self, derive(password, salt, iterations, output));
    }
}
