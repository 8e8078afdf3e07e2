//! A rate limiter that continues when the shared one cannot be reached.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use metrics::Counter;
use vestibule_domain::ports::{Clock, Limit, LimitDecision, RateLimitError, RateLimiter};

use crate::memory::MemoryRateLimiter;

/// Asks a limiter that several processes share. While that cannot be reached, the limits hold for this process alone.
///
/// Every event is counted in this process as well, so the beginning of an outage gives nobody a fresh start. Neither
/// does its end: the shared limiter missed the events of the outage. So until every window that was open then is
/// over, the stricter answer of both decides.
pub struct FallbackRateLimiter {
    shared: Arc<dyn RateLimiter>,
    own: MemoryRateLimiter,
    clock: Arc<dyn Clock>,
    /// The time of the shared limiter's last failure, by the monotonic clock.
    last_failure: Mutex<Option<Duration>>,
    fallbacks: Counter,
}

impl FallbackRateLimiter {
    /// Wraps the shared limiter.
    pub fn new(shared: Arc<dyn RateLimiter>, clock: Arc<dyn Clock>) -> Self {
        Self {
            shared,
            own: MemoryRateLimiter::new(clock.clone()),
            clock,
            last_failure: Mutex::new(None),
            fallbacks: metrics::counter!("vestibule_rate_limit_fallbacks_total"),
        }
    }

    /// Chooses the answer: the stricter one if the shared limiter failed, or did so within the window; otherwise the
    /// shared limiter's.
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

    /// Logs a failure quietly, because the adapter warns once for each outage.
    fn fallen_back(&self, error: &RateLimitError) {
        self.fallbacks.increment(1);
        tracing::debug!(error = error as &dyn std::error::Error, "a limit holds for this process alone");
    }
}

#[async_trait]
impl RateLimiter for FallbackRateLimiter {
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        // The event is counted here first, so that a request that is cut off while Redis is asked has counted.
        let own = self.own.hit(key, limit).await?;
        let shared = self.shared.hit(key, limit).await;
        Ok(self.decide(shared, own, limit))
    }

    async fn give_back(&self, key: &str) -> Result<(), RateLimitError> {
        self.own.give_back(key).await?;
        if let Err(error) = self.shared.give_back(key).await {
            self.fallen_back(&error);
        }
        Ok(())
    }

    async fn forget(&self, key: &str) -> Result<(), RateLimitError> {
        self.own.forget(key).await?;
        if let Err(error) = self.shared.forget(key).await {
            self.fallen_back(&error);
        }
        Ok(())
    }
}
