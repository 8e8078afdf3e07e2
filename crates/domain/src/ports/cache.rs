//! The cache.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;

/// The cache did not answer. Callers then read the store: a cache never makes a request fail.
#[derive(Debug, thiserror::Error)]
#[error("the cache is not available")]
pub struct CacheError(#[source] pub Cause);

/// A cache of small values that the store can give again. Every value expires.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The value under a key. `None` if there is no value or it has expired.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError>;

    /// Puts a value under a key, and replaces the value that is there.
    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError>;

    /// Puts a value under a key that has no value. `false`, and no change, if the key has a value. MUST be atomic.
    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError>;

    /// Whether the cache answers, for readiness checks.
    async fn ping(&self) -> Result<(), CacheError>;

    /// Whether the cache is outside of this process. Such a cache can be unreachable, and can lose what it was told.
    fn is_remote(&self) -> bool;
}
