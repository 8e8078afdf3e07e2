//! What a comparison costs, and which hashes are weak.

use std::ops::Add;

/// Nanoseconds of one round of bcrypt at the reference, which takes a quarter of a second for cost 12.
const BCRYPT_ROUND: u64 = 61_000;

/// What one comparison costs.
///
/// The time is what a fast machine takes, with the processor's own instructions for SHA. So the estimate is low rather
/// than high, and a caller that fills up to the cost of its own hashes does not stop too early.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Nanoseconds at the reference.
    pub nanoseconds: u64,
    /// Bytes of memory while it is computed.
    pub memory: u64,
}

impl Cost {
    pub(crate) const fn time(nanoseconds: u64) -> Self {
        Self { nanoseconds, memory: 0 }
    }

    /// The cost of bcrypt at `cost`, the binary logarithm of its rounds.
    pub const fn bcrypt(cost: u32) -> Self {
        let rounds = if cost < 32 { 1 << cost } else { u64::MAX / BCRYPT_ROUND };
        Self { nanoseconds: rounds * BCRYPT_ROUND, memory: 4168 }
    }

    /// How many rounds of bcrypt take as long, rounded down.
    pub const fn bcrypt_rounds(self) -> u64 {
        self.nanoseconds / BCRYPT_ROUND
    }
}

/// One after the other: the times add up, the memory is that of the greater one.
impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            nanoseconds: self.nanoseconds.saturating_add(other.nanoseconds),
            memory: self.memory.max(other.memory),
        }
    }
}

/// Whether a hash may be stored as it is.
///
/// There is one rule, whatever the function is called: a hash is weak if one guess costs less than bcrypt at cost 8.
/// All that is unsalted is weak by it, so are all plain digests, and all functions whose rounds were set too low.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// A guess is as expensive as with bcrypt at cost 8, or more.
    Keep,
    /// A guess is cheaper. It has to be [wrapped](crate::ForeignHash::wrap) before it is stored.
    Weak,
}

/// The least cost of a hash that is stored as it is.
pub(crate) const KEPT: Cost = Cost::bcrypt(8);
