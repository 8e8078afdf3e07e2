//! No limits.

use async_trait::async_trait;
use vestibule_domain::ports::{Limit, LimitDecision, RateLimitError, RateLimiter};

/// Allows everything: for benchmarks, and for tests that are not about limits.
#[derive(Debug, Clone, Copy)]
pub struct UnlimitedRate;

#[async_trait]
impl RateLimiter for UnlimitedRate {
    async fn hit(&self, _: &str, _: Limit) -> Result<LimitDecision, RateLimitError> {
        Ok(LimitDecision::Allowed)
    }

    async fn give_back(&self, _: &str) -> Result<(), RateLimitError> {
        Ok(())
    }

    async fn forget(&self, _: &str) -> Result<(), RateLimitError> {
        Ok(())
    }
}
