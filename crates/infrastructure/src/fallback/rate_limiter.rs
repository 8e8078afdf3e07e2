//! A rate limiter that goes on when the shared one is away.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use metrics::Counter;
use vestibule_domain::ports::{Clock, Limit, LimitDecision, RateLimitError, RateLimiter};

use crate::memory::MemoryRateLimiter;

/// Asks a limiter that several processes share; while that is away, the limits hold for this process.
///
/// Everything is counted in this process as well, so that an outage gives nobody a fresh start at it.
/// Nor does the end of one: the shared limiter missed what happened meanwhile, so until every window
/// that was open then is over, the stricter of both decides.
pub struct FallbackRateLimiter {
    shared: Arc<dyn RateLimiter>,
    own: MemoryRateLimiter,
    clock: Arc<dyn Clock>,
    /// By the monotonic clock.
    last_failure: Mutex<Option<Duration>>,
    fallbacks: Counter,
}

impl FallbackRateLimiter {
    /// Stands in for this limiter.
    pub fn new(shared: Arc<dyn RateLimiter>, clock: Arc<dyn Clock>) -> Self {
        Self {
            shared,
            own: MemoryRateLimiter::new(clock.clone()),
            clock,
            last_failure: Mutex::new(None),
            fallbacks: metrics::counter!("vestibule_rate_limit_fallbacks_total"),
        }
    }

    /// `own` where the shared limiter failed, or did so within the window; else what it answered.
    fn decide(
        &self,
        shared: Result<LimitDecision, RateLimitError>,
        own: LimitDecision,
        limit: Limit,
    ) -> LimitDecision {
        let now = self.clock.monotonic();
        let mut last_failure = self.last_failure.lock().unwrap_or_else(PoisonError::into_inner);
        match shared {
            Ok(LimitDecision::Allowed)
                if last_failure.is_some_and(|last| now.saturating_sub(last) < limit.window) =>
            {
                own
            }
            Ok(decision) => decision,
            Err(error) => {
                *last_failure = Some(now);
                drop(last_failure);
                self.fallen_back(&error);
                own
            }
        }
    }

    /// The adapter warns once for each outage.
    fn fallen_back(&self, error: &RateLimitError) {
        self.fallbacks.increment(1);
        tracing::debug!(error = error as &dyn std::error::Error, "a limit holds for this process alone");
    }
}

#[async_trait]
impl RateLimiter for FallbackRateLimiter {
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        // First here: a request that is cut off while Redis is asked has counted.
        let own = self.own.hit(key, limit).await?;
        let shared = self.shared.hit(key, limit).await;
        Ok(self.decide(shared, own, limit))
    }

    async fn forget(&self, key: &str) -> Result<(), RateLimitError> {
        self.own.forget(key).await?;
        if let Err(error) = self.shared.forget(key).await {
            self.fallen_back(&error);
        }
        Ok(())
    }

    async fn check(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        let own = self.own.check(key, limit).await?;
        let shared = self.shared.check(key, limit).await;
        Ok(self.decide(shared, own, limit))
    }
}
