//! Rate limits.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;

/// The limiter did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the rate limiter is not available")]
pub struct RateLimitError(#[source] pub Cause);

/// How often something may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So many times …
    pub max: u32,
    /// … in a window of this length, which begins with the first.
    pub window: Duration,
}

impl Limit {
    /// So many times a minute.
    pub const fn per_minute(max: u32) -> Self {
        Self { max, window: Duration::from_mins(1) }
    }
}

/// Whether it may happen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitDecision {
    /// It may.
    Allowed,
    /// Not before the window is over.
    Limited {
        /// How long that takes; never zero.
        retry_after: Duration,
    },
}

/// Counts in fixed windows, each beginning with the first event after the last one ended.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts an event and tells whether it is within the limit. MUST be atomic: of any number of
    /// events at once exactly `max` are allowed in a window.
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError>;

    /// Forgets what was counted under a key: the next event begins a new window.
    async fn forget(&self, key: &str) -> Result<(), RateLimitError>;

    /// Tells whether one more event would be within the limit, without counting one.
    async fn check(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError>;
}
