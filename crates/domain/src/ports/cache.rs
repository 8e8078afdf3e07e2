//! The cache.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;

/// The cache did not answer. Callers go to the store instead: a cache is never a reason to fail.
#[derive(Debug, thiserror::Error)]
#[error("the cache is not available")]
pub struct CacheError(#[source] pub Cause);

/// Small values that can be had again from the store. Every value expires.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The value under a key, if it is there and has not expired.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError>;

    /// Puts a value under a key, in place of another.
    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError>;

    /// Puts a value under a key that has none. `false`, and no change, if there is one; MUST be
    /// atomic.
    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError>;

    /// Whether the cache answers, for readiness checks.
    async fn ping(&self) -> Result<(), CacheError>;

    /// Whether it is outside of this process, so that it can be away, and forget what it was told.
    fn is_remote(&self) -> bool;
}
