//! SHA-256-crypt and SHA-512-crypt (akkadia.org/drepper/SHA-crypt.txt).

use super::Algorithm;
use super::limit::{at_most, crypt_password};
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most rounds: seven times what passlib takes by default.
const MOST_ROUNDS: u64 = 5_000_000;
/// The longest salt: more characters are not read.
const LONGEST_SALT: usize = 16;

/// The order in which crypt(3) writes the bytes of a digest.
const ORDER_256: [u8; 32] = [
    20, 10, 0, 11, 1, 21, 2, 22, 12, 23, 13, 3, 14, 4, 24, 5, 25, 15, 26, 16, 6, 17, 7, 27, 8, 28, 18, 29,
    19, 9, 30, 31,
];
const ORDER_512: [u8; 64] = [
    42, 21, 0, 1, 43, 22, 23, 2, 44, 45, 24, 3, 4, 46, 25, 26, 5, 47, 48, 27, 6, 7, 49, 28, 29, 8, 50, 51,
    30, 9, 10, 52, 31, 32, 11, 53, 54, 33, 12, 13, 55, 34, 35, 14, 56, 57, 36, 15, 16, 58, 37, 38, 17, 59,
    60, 39, 18, 19, 61, 40, 41, 20, 62, 63,
];

/// SHA-crypt. The bytes come out in the order in which crypt(3) writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShaCrypt {
    /// SHA-256 or SHA-512.
    algorithm: Algorithm,
    rounds: u32,
    salt: String,
}

impl ShaCrypt {
    pub(crate) fn new(algorithm: Algorithm, rounds: u32, salt: &str) -> Result<Self, Refusal> {
        at_most("the rounds of SHA-crypt", rounds, MOST_ROUNDS)?;
        let is_sound = matches!(algorithm, Algorithm::Sha256 | Algorithm::Sha512) && rounds >= 1000;
        let salt: String = salt.chars().take(LONGEST_SALT).collect();
        if is_sound && salt.is_ascii() {
            Ok(Self { algorithm, rounds, salt })
        } else {
            Err(Refusal::Impossible("SHA-crypt has 1000 rounds at least, and a salt of ASCII"))
        }
    }
}

impl Engine for ShaCrypt {
    const NAME: &'static str = "shacrypt";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let (password, within) = crypt_password(input);
        let salt = self.salt.as_bytes();
        let ordered = |digest: &[u8], order: &[u8]| -> Vec<u8> {
            order.iter().filter_map(|place| digest.get(usize::from(*place)).copied()).collect()
        };
        let digest = sha_crypt::Params::new(self.rounds).map_or_else(
            |_rounds| Vec::new(),
            |params| match self.algorithm {
                Algorithm::Sha256 => ordered(&sha_crypt::sha256_crypt(password, salt, params), &ORDER_256),
                _ => ordered(&sha_crypt::sha512_crypt(password, salt, params), &ORDER_512),
            },
        );
        Ok(if within { digest } else { Vec::new() })
    }

    fn cost(&self) -> Cost {
        // A round reads one to two blocks.
        Cost::time(u64::from(self.rounds).saturating_mul(2 * self.algorithm.nanoseconds()))
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        writer.number(self.rounds);
        Bytes::from(self.salt.as_str()).write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let (algorithm, rounds) = (args.algorithm()?, args.number()?);
        let salt = Bytes::read(args)?.literal().and_then(|salt| String::from_utf8(salt).ok());
        Self::new(algorithm, rounds, &salt.ok_or(Refusal::NotForeign)?)
    }
}
