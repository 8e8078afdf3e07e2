//! Plain digests.

use super::Algorithm;
use super::limit::at_most;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most times of the digest of a digest.
const MOST_TIMES: u64 = 10_000_000;

/// The digest of the input; then the digest of that, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest {
    algorithm: Algorithm,
    times: u32,
}

impl Digest {
    pub(crate) const fn once(algorithm: Algorithm) -> Self {
        Self { algorithm, times: 1 }
    }

    /// `times` counts the first one too.
    pub(crate) fn times(algorithm: Algorithm, times: u32) -> Result<Self, Refusal> {
        at_most("the number of digests", times, MOST_TIMES)?;
        Ok(Self { algorithm, times })
    }
}

impl crate::recipe::Engine for Digest {
    const NAME: &'static str = "digest";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let mut digest = self.algorithm.digest(&[input]);
        for _ in 1..self.times {
            digest = self.algorithm.digest(&[&digest]);
        }
        Ok(digest)
    }

    fn cost(&self) -> Cost {
        Cost::time(self.algorithm.nanoseconds() * u64::from(self.times))
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        writer.number(self.times);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::times(args.algorithm()?, args.number()?)
    }
}
