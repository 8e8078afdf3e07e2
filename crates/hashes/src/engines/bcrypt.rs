//! bcrypt.

use super::limit::at_most;
use crate::coding;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The greatest cost: 65,536 rounds, four seconds at the reference. It is also the greatest of our own.
const MAX_COST: u64 = 16;
/// The least cost that bcrypt has.
const MIN_COST: u32 = 4;
/// How much of the input is read.
const READ: usize = 72;

/// bcrypt as nearly all libraries have it (`2a`, `2b`, `2y`): it reads 72 bytes, and a NUL counts. 23 bytes come out.
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
        let mut key = input.get(..READ).unwrap_or(input).to_vec();
        // The NUL behind the input counts too, if there is room for it.
        key.push(0);
        key.truncate(READ);
        let mut hash = ::bcrypt::bcrypt(self.cost, self.salt, &key).to_vec();
        // The last byte is in no text.
        hash.truncate(23);
        hash
    }
}

impl Engine for Bcrypt {
    const NAME: &'static str = "bcrypt";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        Ok(self.hash(input))
    }

    fn cost(&self) -> Cost {
        Cost::bcrypt(self.cost)
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
