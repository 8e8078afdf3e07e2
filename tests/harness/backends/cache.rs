//! Caches.

use std::sync::Arc;

use vestibule_domain::ports::Cache;
use vestibule_infrastructure::memory::MemoryCache;

use super::Backend;
use crate::FixedClock;

/// A cache and the clock that it expires by.
#[derive(Clone)]
pub struct TimedCache {
    /// The cache.
    pub cache: Arc<dyn Cache>,
    /// Its clock.
    pub clock: FixedClock,
}

/// The cache in this process.
pub async fn memory() -> Backend<TimedCache> {
    let clock = FixedClock::new();
    let cache = Arc::new(MemoryCache::new(Arc::new(clock.clone())));
    Backend::alone(TimedCache { cache, clock })
}
