//! The rate limiter.

mod windows;

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use vestibule_domain::ports::{Clock, Limit, LimitDecision, RateLimitError, RateLimiter};

use windows::Windows;

/// The number of locks over which windows are spread.
const SHARDS: usize = 16;

/// A rate limiter in this process, bounded in the number of windows that it keeps.
pub struct MemoryRateLimiter {
    shards: [Mutex<Windows>; SHARDS],
    hasher: RandomState,
    clock: Arc<dyn Clock>,
    /// How many windows one shard keeps at the most.
    shard_capacity: usize,
}

impl MemoryRateLimiter {
    /// A limiter that keeps up to 100,000 windows.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::with_capacity(clock, 100_000)
    }

    /// A limiter that keeps up to about `windows` windows. When more are open at once, windows with few events that
    /// end soon are forgotten.
    pub fn with_capacity(clock: Arc<dyn Clock>, windows: usize) -> Self {
        Self {
            shards: Default::default(),
            hasher: RandomState::new(),
            clock,
            shard_capacity: windows.div_ceil(SHARDS).max(1),
        }
    }

    /// How many windows are kept, including some that may have ended.
    pub fn windows(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).len()).sum()
    }

    /// The shard of a key. The hash has a random key, so that nobody can aim at one shard.
    fn shard(&self, key: &str) -> Result<MutexGuard<'_, Windows>, RateLimitError> {
        usize::try_from(self.hasher.hash_one(key) % SHARDS as u64)
            .ok()
            .and_then(|index| self.shards.get(index))
            .map(lock)
            .ok_or_else(|| RateLimitError("there is no such shard".into()))
    }
}

/// Nothing under the lock panics half-way, so a poisoned lock still guards sound windows.
fn lock(shard: &Mutex<Windows>) -> MutexGuard<'_, Windows> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        let now = self.clock.monotonic();
        Ok(self.shard(key)?.hit(key, limit, now, self.shard_capacity))
    }

    async fn give_back(&self, key: &str) -> Result<(), RateLimitError> {
        let now = self.clock.monotonic();
        self.shard(key)?.give_back(key, now);
        Ok(())
    }

    async fn forget(&self, key: &str) -> Result<(), RateLimitError> {
        self.shard(key)?.forget(key);
        Ok(())
    }
}
