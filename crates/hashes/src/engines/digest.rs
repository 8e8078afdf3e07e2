//! Plain digests.

use super::Algorithm;
use super::limit::at_most;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most times of the digest of a digest: Spring's 1024.
const MOST_TIMES: u64 = 1024;

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
        if times == 0 {
            return Err(Refusal::Impossible("a digest is computed once at least"));
        }
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

    fn cost(&self, input: usize) -> Cost {
        let further = self.algorithm.time(self.algorithm.length()) * u64::from(self.times.saturating_sub(1));
        Cost::time(self.algorithm.time(input).saturating_add(further))
    }

    fn length(&self, _input: usize) -> usize {
        self.algorithm.length()
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        writer.number(self.times);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::times(args.algorithm()?, args.number()?)
    }
}
