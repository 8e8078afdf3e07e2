//! Caches.

use std::sync::Arc;
use std::time::Duration;

use vestibule_domain::ports::Cache;
use vestibule_infrastructure::memory::MemoryCache;
use vestibule_infrastructure::redis::RedisCache;

use super::Backend;
use super::passing_time::PassingTime;
use super::redis::OwnRedis;
use crate::FixedClock;

/// A cache, and the time by which its values expire.
#[derive(Clone)]
pub struct TimedCache {
    /// The cache.
    pub cache: Arc<dyn Cache>,
    /// The time by which its values expire.
    pub time: PassingTime,
}

/// The cache in this process.
pub async fn memory() -> Backend<TimedCache> {
    let clock = FixedClock::new();
    let cache = Arc::new(MemoryCache::new(Arc::new(clock.clone())));
    Backend::alone(TimedCache { cache, time: PassingTime::Fixed(clock) })
}

/// The cache in a Redis.
pub async fn redis() -> Backend<TimedCache> {
    on(&OwnRedis::one())
}

/// The cache in a cluster.
pub async fn redis_cluster() -> Backend<TimedCache> {
    on(&OwnRedis::cluster())
}

fn on(redis: &OwnRedis) -> Backend<TimedCache> {
    let cache = Arc::new(RedisCache::new(redis.connection(), redis.prefix(), Duration::ZERO));
    let time = PassingTime::Redis(redis.clone());
    Backend::on(TimedCache { cache, time }, redis.cleared_at_the_end())
}
