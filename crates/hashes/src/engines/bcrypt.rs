//! bcrypt.

use super::limit::at_most;
use crate::coding;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The greatest cost: 32,768 rounds, two seconds at the reference.
const MAX_COST: u64 = 15;
/// The least cost that bcrypt has.
pub(crate) const MIN_COST: u32 = 4;
/// How much of the input is read, in bytes.
pub(crate) const READ: usize = 72;
/// How much of the hash is written, in bytes.
const WRITTEN: usize = 23;

/// bcrypt as nearly all libraries have it (`2a`, `2b`, `2y`): it reads 72 bytes, and a NUL counts. 23 bytes come out.
///
/// It reads the input and a NUL behind it over and over. So `a`, `a NUL a` and so on are the same to it, and so are the
/// empty input and a NUL: of those, only the shortest is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bcrypt {
    cost: u32,
    salt: [u8; 16],
}

impl Bcrypt {
    pub(crate) fn new(cost: u32, salt: [u8; 16]) -> Result<Self, Refusal> {
        at_most("the cost of bcrypt", cost, MAX_COST)?;
        if cost < MIN_COST {
            return Err(Refusal::Impossible("bcrypt has no cost below 4"));
        }
        Ok(Self { cost, salt })
    }

    /// `salt` is 22 characters of bcrypt's base64.
    pub(crate) fn with_text(cost: u32, salt: &str) -> Option<Result<Self, Refusal>> {
        Some(Self::new(cost, coding::bcrypt64(salt)?.try_into().ok()?))
    }

    pub(crate) fn hash(&self, input: &[u8]) -> Vec<u8> {
        let key = key(input);
        let mut hash = ::bcrypt::bcrypt(self.cost, self.salt, &key).to_vec();
        // The last byte is in no text.
        hash.truncate(WRITTEN);
        hash
    }
}

/// What is read of an input. The NUL behind it counts too, if there is room for it.
fn key(input: &[u8]) -> Vec<u8> {
    let mut key = input.get(..READ).unwrap_or(input).to_vec();
    key.push(0);
    key.truncate(READ);
    key
}

/// Whether a shorter input, that ends before a NUL, is read alike.
fn repeats_a_shorter_one(input: &[u8]) -> bool {
    let key = key(input);
    let read: Vec<u8> = key.iter().cycle().take(READ).copied().collect();
    let mut nuls =
        input.iter().take(READ).enumerate().filter(|(_, byte)| **byte == 0).map(|(place, _)| place);
    nuls.any(|place| read.iter().zip(read.iter().skip(place + 1)).all(|(one, other)| one == other))
}

impl Engine for Bcrypt {
    const NAME: &'static str = "bcrypt";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let hash = self.hash(input);
        Ok(if repeats_a_shorter_one(input) { Vec::new() } else { hash })
    }

    fn cost(&self, _input: usize) -> Cost {
        Cost::bcrypt(self.cost)
    }

    fn length(&self, _input: usize) -> usize {
        WRITTEN
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(self.cost);
        Bytes::from(self.salt.as_slice()).write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let cost = args.number()?;
        let salt = Bytes::read(args)?.literal().ok_or(Refusal::NotForeign)?;
        Self::new(cost, salt.try_into().map_err(|_length| Refusal::NotForeign)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_inputs_that_are_read_alike_only_the_shortest_is_hashed() {
        let bcrypt = Bcrypt::new(4, [1; 16]).unwrap();
        let long = "x".repeat(40);
        for (shortest, longer) in [
            ("", "\0".to_owned()),
            ("", "\0\0\0".to_owned()),
            ("a", "a\0a".to_owned()),
            ("a\0b", "a\0b\0a\0b".to_owned()),
            (&long, format!("{long}\0{long}")),
        ] {
            assert_eq!(
                bcrypt.hash(shortest.as_bytes()),
                bcrypt.hash(longer.as_bytes()),
                "they are read alike"
            );
            assert!(!repeats_a_shorter_one(shortest.as_bytes()), "{shortest:?}");
            assert!(repeats_a_shorter_one(longer.as_bytes()), "{longer:?}");
        }
    }

    #[test]
    fn another_nul_counts_like_any_byte() {
        for input in ["oha\0ra-1", "a\0b", "a\0a\0b", &"x".repeat(72), &format!("{}\0", "x".repeat(72))] {
            assert!(!repeats_a_shorter_one(input.as_bytes()), "{input:?}");
        }
        assert!(
            repeats_a_shorter_one(format!("{}\0", "x".repeat(71)).as_bytes()),
            "the NUL behind it is the same"
        );
    }
}
