//! The cache, counted.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use metrics::Counter;
use vestibule_domain::ports::{Cache, CacheError};

/// Counts the reads of a cache by their result.
pub struct MeteredCache {
    cache: Arc<dyn Cache>,
    hits: Counter,
    misses: Counter,
    failures: Counter,
}

impl MeteredCache {
    /// Counts this cache.
    pub fn new(cache: Arc<dyn Cache>) -> Self {
        let reads = |result| metrics::counter!("vestibule_cache_reads_total", "result" => result);
        Self { cache, hits: reads("hit"), misses: reads("miss"), failures: reads("failed") }
    }
}

#[async_trait]
impl Cache for MeteredCache {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let answer = self.cache.get(key).await;
        let counter = match &answer {
            Ok(Some(_)) => &self.hits,
            Ok(None) => &self.misses,
            Err(_) => &self.failures,
        };
        counter.increment(1);
        answer
    }

    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        self.cache.set(key, value, life).await
    }

    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError> {
        self.cache.add(key, value, life).await
    }

    async fn mark_anew(&self, key: &str, mark: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        self.cache.mark_anew(key, mark, life).await
    }

    async fn mark_of(&self, key: &str, mark: Vec<u8>, life: Duration) -> Result<Option<Vec<u8>>, CacheError> {
        let answer = self.cache.mark_of(key, mark.clone(), life).await;
        let counter = match &answer {
            Ok(Some(value)) if !value.starts_with(&mark) => &self.hits,
            Ok(_) => &self.misses,
            Err(_) => &self.failures,
        };
        counter.increment(1);
        answer
    }

    async fn ping(&self) -> Result<(), CacheError> {
        self.cache.ping().await
    }

    fn is_remote(&self) -> bool {
        self.cache.is_remote()
    }
}
