//! PBKDF2 (RFC 8018 §5.2) with HMAC.

use super::Algorithm;
use super::limit::at_most;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most iterations of all blocks together: three times what Django takes by default.
const MOST_ITERATIONS: u64 = 5_000_000;

/// PBKDF2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pbkdf2 {
    algorithm: Algorithm,
    iterations: u32,
    length: usize,
    salt: Bytes,
}

impl Pbkdf2 {
    /// `length` is that of the output in bytes.
    pub(crate) fn new(
        algorithm: Algorithm,
        iterations: u32,
        length: usize,
        salt: impl Into<Bytes>,
    ) -> Result<Self, Refusal> {
        if iterations == 0 || length == 0 {
            return Err(Refusal::Impossible("PBKDF2 has one iteration and one byte at least"));
        }
        let made = Self { algorithm, iterations, length, salt: salt.into() };
        at_most(
            "the number of PBKDF2's iterations, of all its blocks",
            made.all_iterations(),
            MOST_ITERATIONS,
        )?;
        Ok(made)
    }

    fn all_iterations(&self) -> u64 {
        let blocks = self.length.div_ceil(self.algorithm.length()) as u64;
        blocks.saturating_mul(u64::from(self.iterations))
    }
}

impl Engine for Pbkdf2 {
    const NAME: &'static str = "pbkdf2";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let mut output = vec![0; self.length];
        self.algorithm.pbkdf2(input, &self.salt.resolve(keys)?, self.iterations, &mut output);
        Ok(output)
    }

    fn cost(&self) -> Cost {
        // An iteration is two blocks of the digest.
        Cost::time(self.all_iterations().saturating_mul(2 * self.algorithm.nanoseconds()))
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.salt]
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        writer.number(self.iterations);
        writer.number(self.length as u64);
        self.salt.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::new(args.algorithm()?, args.number()?, args.number()?, Bytes::read(args)?)
    }
}
