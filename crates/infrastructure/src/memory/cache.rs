//! The cache.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use moka::ops::compute::{CompResult, Op};
use moka::policy::EvictionPolicy;
use moka::sync::Cache as Moka;
use vestibule_domain::ports::{Cache, CacheError, Clock};

use super::deadline::Deadline;

/// A cache in this process, bounded in bytes.
pub struct MemoryCache {
    entries: Moka<String, Entry>,
    clock: Arc<dyn Clock>,
}

#[derive(Clone)]
struct Entry {
    value: Arc<[u8]>,
    expires: Deadline,
}

impl MemoryCache {
    /// The bound of [`MemoryCache::new`], in bytes of keys and values.
    const CAPACITY: u64 = 16 * 1024 * 1024;

    /// The memory of an entry beside its key and its value, in bytes; about what moka takes.
    const OVERHEAD: usize = 128;

    /// A cache of 16 MiB, whose entries expire by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::with_capacity(clock, Self::CAPACITY)
    }

    /// A cache of at most `bytes` bytes.
    pub fn with_capacity(clock: Arc<dyn Clock>, bytes: u64) -> Self {
        let weigh = |key: &String, entry: &Entry| {
            u32::try_from(Self::OVERHEAD + key.len() + entry.value.len()).unwrap_or(u32::MAX)
        };
        let entries = Moka::builder()
            .max_capacity(bytes)
            .weigher(weigh)
            // The default policy may refuse a new entry in favour of an old one. But a value that `add` accepted has
            // to be there.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { entries, clock }
    }
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let now = self.clock.monotonic();
        let entry = self.entries.get(key).filter(|entry| !entry.expires.has_passed(now));
        Ok(entry.map(|entry| entry.value.to_vec()))
    }

    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        let expires = Deadline::after(self.clock.monotonic(), life);
        self.entries.insert(key.to_owned(), Entry { value: value.into(), expires });
        Ok(())
    }

    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError> {
        let now = self.clock.monotonic();
        let fresh = Entry { value: value.into(), expires: Deadline::after(now, life) };
        let outcome = self.entries.entry_by_ref(key).and_compute_with(|held| match held {
            Some(held) if !held.value().expires.has_passed(now) => Op::Nop,
            _ => Op::Put(fresh),
        });
        Ok(matches!(outcome, CompResult::Inserted(_) | CompResult::ReplacedWith(_)))
    }

    async fn ping(&self) -> Result<(), CacheError> {
        Ok(())
    }

    fn is_remote(&self) -> bool {
        false
    }
}
