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

    /// Puts a value under a key that no key had before: `mark`, with an addition of the cache's own where it needs one.
    /// `mark` MUST be random.
    ///
    /// A cache that may carry out a command twice MUST put another value each time, however late the second time is.
    async fn mark_anew(&self, key: &str, mark: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        self.set(key, mark, life).await
    }

    /// The value under a key, or else a new one as of [`mark_anew`](Self::mark_anew). `None` if the value is over by
    /// the time that it is asked for.
    async fn mark_of(&self, key: &str, mark: Vec<u8>, life: Duration) -> Result<Option<Vec<u8>>, CacheError> {
        if let Some(value) = self.get(key).await? {
            return Ok(Some(value));
        }
        if self.add(key, mark.clone(), life).await? {
            return Ok(Some(mark));
        }
        // Somebody else was faster.
        self.get(key).await
    }

    /// Whether the cache answers, for readiness checks.
    async fn ping(&self) -> Result<(), CacheError>;

    /// Whether the cache is outside of this process. Such a cache can be unreachable, and can lose what it was told. Any
    /// other MUST neither fail nor wait.
    fn is_remote(&self) -> bool;
}
