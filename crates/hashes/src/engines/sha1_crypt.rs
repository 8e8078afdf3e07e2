//! SHA1-crypt (NetBSD's `$sha1$`): HMAC-SHA1 over and over.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::limit::at_most;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most rounds: ten times what passlib takes by default.
const MOST_ROUNDS: u64 = 5_000_000;

/// SHA1-crypt. 21 bytes come out, in the order in which NetBSD writes them: the first one stands at the end again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sha1Crypt {
    rounds: u32,
    salt: String,
}

impl Sha1Crypt {
    pub(crate) fn new(rounds: u32, salt: &str) -> Result<Self, Refusal> {
        at_most("the rounds of SHA1-crypt", rounds, MOST_ROUNDS)?;
        let is_sound = rounds > 0 && salt.len() <= 64 && salt.is_ascii();
        let impossible = Refusal::Impossible("SHA1-crypt has one round at least, and a salt of ASCII");
        is_sound.then(|| Self { rounds, salt: salt.to_owned() }).ok_or(impossible)
    }
}

impl Engine for Sha1Crypt {
    const NAME: &'static str = "sha1crypt";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let Ok(mac) = Hmac::<Sha1>::new_from_slice(input) else { return Ok(Vec::new()) };
        let first = format!("{}$sha1${}", self.salt, self.rounds);
        let mut digest = mac.clone().chain_update(first).finalize().into_bytes();
        for _ in 1..self.rounds {
            digest = mac.clone().chain_update(digest).finalize().into_bytes();
        }
        let mut bytes = digest.to_vec();
        bytes.extend(digest.first());
        Ok(bytes.chunks(3).flat_map(|group| group.iter().rev()).copied().collect())
    }

    fn cost(&self) -> Cost {
        Cost::time(u64::from(self.rounds) * 2 * super::Algorithm::Sha1.nanoseconds())
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(self.rounds);
        Bytes::from(self.salt.as_str()).write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let rounds = args.number()?;
        let salt = Bytes::read(args)?.literal().and_then(|salt| String::from_utf8(salt).ok());
        Self::new(rounds, &salt.ok_or(Refusal::NotForeign)?)
    }
}
