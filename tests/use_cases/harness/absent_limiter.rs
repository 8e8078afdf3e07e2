//! A rate limiter that is away.

use async_trait::async_trait;
use vestibule_domain::ports::{Limit, LimitDecision, RateLimitError, RateLimiter};

/// A limiter that does not answer.
pub struct AbsentLimiter;

fn absent<T>() -> Result<T, RateLimitError> {
    Err(RateLimitError("it is away".into()))
}

#[async_trait]
impl RateLimiter for AbsentLimiter {
    async fn hit(&self, _: &str, _: Limit) -> Result<LimitDecision, RateLimitError> {
        absent()
    }

    async fn give_back(&self, _: &str) -> Result<(), RateLimitError> {
        absent()
    }

    async fn forget(&self, _: &str) -> Result<(), RateLimitError> {
        absent()
    }
}
