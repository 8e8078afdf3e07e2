//! phpass (openwall.com/phpass, "portable" hashes), and what is built like it.

use super::Algorithm;
use super::limit::at_most;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most rounds: 2 to the power of 22.
const MOST_ROUNDS: u64 = 1 << 22;
/// The longest input in bytes that is computed to its end; a longer one is wrong. Every round reads the whole input.
const LONGEST: usize = 1024;

/// h = H(salt + input), then as often as `rounds` says h = H(h + input).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    algorithm: Algorithm,
    rounds: u32,
    salt: Bytes,
}

impl Chain {
    pub(crate) fn new(algorithm: Algorithm, rounds: u32, salt: impl Into<Bytes>) -> Result<Self, Refusal> {
        at_most("the rounds of a chain of digests", rounds, MOST_ROUNDS)?;
        Ok(Self { algorithm, rounds, salt: salt.into() })
    }
}

impl Engine for Chain {
    const NAME: &'static str = "chain";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let read = input.get(..LONGEST).unwrap_or(input);
        let mut digest = self.algorithm.digest(&[&self.salt.resolve(keys)?, read]);
        for _ in 0..self.rounds {
            digest = self.algorithm.digest(&[&digest, read]);
        }
        Ok(if input.len() <= LONGEST { digest } else { Vec::new() })
    }

    fn cost(&self) -> Cost {
        Cost::time(self.algorithm.nanoseconds() * u64::from(self.rounds))
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.salt]
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        writer.number(self.rounds);
        self.salt.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::new(args.algorithm()?, args.number()?, Bytes::read(args)?)
    }
}
