//! MD5-crypt (FreeBSD's `$1$`), and Apache's `$apr1$`, which differs in its mark.

use md5::{Digest as _, Md5};

use super::limit::crypt_password;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The order in which crypt(3) writes the bytes of the digest.
const ORDER: [u8; 16] = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];
const LONGEST_SALT: usize = 8;

/// MD5-crypt. The bytes come out in the order in which crypt(3) writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Md5Crypt {
    /// `$1$` or `$apr1$`.
    mark: &'static str,
    salt: String,
}

impl Md5Crypt {
    /// `is_apache` is for `$apr1$`.
    pub(crate) fn new(is_apache: bool, salt: &str) -> Result<Self, Refusal> {
        let salt: String = salt.chars().take(LONGEST_SALT).collect();
        let mark = if is_apache { "$apr1$" } else { "$1$" };
        if salt.is_ascii() {
            Ok(Self { mark, salt })
        } else {
            Err(Refusal::Impossible("MD5-crypt has a salt of ASCII"))
        }
    }

    fn digest(&self, password: &[u8]) -> Vec<u8> {
        let salt = self.salt.as_bytes();
        let mixed = Md5::new().chain_update(password).chain_update(salt).chain_update(password).finalize();
        let mut digest = Md5::new().chain_update(password).chain_update(self.mark).chain_update(salt);
        for chunk in password.chunks(16) {
            digest.update(mixed.get(..chunk.len()).unwrap_or_default());
        }
        let mut length = password.len();
        while length > 0 {
            let first = password.get(..1).unwrap_or_default();
            digest.update(if length & 1 == 1 { &[0] } else { first });
            length >>= 1;
        }
        let mut result = digest.finalize();
        for round in 0..1000 {
            let mut digest = Md5::new();
            let is_odd = round % 2 == 1;
            digest.update(if is_odd { password } else { &result });
            if round % 3 != 0 {
                digest.update(salt);
            }
            if round % 7 != 0 {
                digest.update(password);
            }
            digest.update(if is_odd { result.as_slice() } else { password });
            result = digest.finalize();
        }
        ORDER.iter().filter_map(|place| result.get(usize::from(*place)).copied()).collect()
    }
}

impl Engine for Md5Crypt {
    const NAME: &'static str = "md5crypt";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let (password, within) = crypt_password(input);
        let digest = self.digest(password);
        Ok(if within { digest } else { Vec::new() })
    }

    fn cost(&self) -> Cost {
        Cost::time(1000 * super::Algorithm::Md5.nanoseconds())
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(if self.mark == "$1$" { "1" } else { "apr1" });
        Bytes::from(self.salt.as_str()).write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let is_apache = match args.text()? {
            "1" => false,
            "apr1" => true,
            _ => return Err(Refusal::NotForeign),
        };
        let salt = Bytes::read(args)?.literal().and_then(|salt| String::from_utf8(salt).ok());
        Self::new(is_apache, &salt.ok_or(Refusal::NotForeign)?)
    }
}
