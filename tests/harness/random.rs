//! Randomness that is the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vestibule_domain::ports::SecureRandom;
use vestibule_domain::secret::SecretToken;

/// Tokens that look random and are determined by a seed.
#[derive(Debug)]
pub struct SeededRandom(AtomicU64);

impl SeededRandom {
    /// The tokens of this seed.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// `SplitMix64` (Steele, Lea, Flood 2014): good enough to look random, and nothing more.
    fn next(&self) -> u64 {
        const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(GAMMA, Ordering::Relaxed).wrapping_add(GAMMA);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Default for SeededRandom {
    fn default() -> Self {
        Self::new(0)
    }
}

impl SecureRandom for SeededRandom {
    fn token(&self) -> SecretToken {
        SecretToken::new(URL_SAFE_NO_PAD.encode(self.bytes()))
    }

    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.next().to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_tokens() {
        let (one, other) = (SeededRandom::new(7), SeededRandom::new(7));
        assert_eq!((one.token(), one.token()), (other.token(), other.token()));
    }

    #[test]
    fn tokens_of_one_seed_differ_and_are_43_characters_long() {
        let random = SeededRandom::default();
        let (first, second) = (random.token(), random.token());
        assert_ne!(first, second);
        assert_eq!((first.reveal().len(), second.reveal().len()), (43, 43));
    }
}
