//! Rate limits.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;

/// The limiter could not be reached.
#[derive(Debug, thiserror::Error)]
#[error("the rate limiter is not available")]
pub struct RateLimitError(#[source] pub Cause);

/// The highest number of events in a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many events are allowed in one window.
    pub max: u32,
    /// The length of a window, which begins with its first event.
    pub window: Duration,
}

impl Limit {
    /// `max` events in a minute.
    pub const fn per_minute(max: u32) -> Self {
        Self { max, window: Duration::from_mins(1) }
    }
}

/// Whether an event is within its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitDecision {
    /// The event is within the limit.
    Allowed,
    /// The limit is reached until the window ends.
    Limited {
        /// The time until the window ends; never zero.
        retry_after: Duration,
    },
}

/// Counts events in fixed windows. A window begins with the first event after the window before it ended.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts an event, and tells whether it is within the limit. MUST be atomic: of any number of events at once,
    /// exactly `max` are allowed in a window.
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError>;

    /// Takes back an event that was counted and was none after all. If it was the only one, the next event begins a new
    /// window. If its window is over by now, an event of the one that followed is taken back in its place.
    async fn give_back(&self, key: &str) -> Result<(), RateLimitError>;

    /// Forgets the count under a key, so that the next event begins a new window.
    async fn forget(&self, key: &str) -> Result<(), RateLimitError>;
}
