//! The rate limiter, counted.

use std::sync::Arc;

use async_trait::async_trait;
use metrics::Counter;
use vestibule_domain::ports::{Limit, LimitDecision, RateLimitError, RateLimiter};

/// Counts how often a limiter says no.
pub struct MeteredLimiter {
    limiter: Arc<dyn RateLimiter>,
    limited: Counter,
}

impl MeteredLimiter {
    /// Counts this limiter.
    pub fn new(limiter: Arc<dyn RateLimiter>) -> Self {
        Self { limiter, limited: metrics::counter!("vestibule_rate_limited_total") }
    }
}

#[async_trait]
impl RateLimiter for MeteredLimiter {
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        let answer = self.limiter.hit(key, limit).await;
        if matches!(answer, Ok(LimitDecision::Limited { .. })) {
            self.limited.increment(1);
        }
        answer
    }

    async fn give_back(&self, key: &str) -> Result<(), RateLimitError> {
        self.limiter.give_back(key).await
    }

    async fn forget(&self, key: &str) -> Result<(), RateLimitError> {
        self.limiter.forget(key).await
    }
}
