//! Rate limiters.

use std::sync::Arc;

use vestibule_domain::ports::RateLimiter;
use vestibule_infrastructure::memory::MemoryRateLimiter;

use super::Backend;
use crate::FixedClock;

/// A rate limiter and the clock of its windows.
#[derive(Clone)]
pub struct TimedLimiter {
    /// The limiter.
    pub limiter: Arc<dyn RateLimiter>,
    /// Its clock.
    pub clock: FixedClock,
}

/// The rate limiter in this process.
pub async fn memory() -> Backend<TimedLimiter> {
    let clock = FixedClock::new();
    let limiter = Arc::new(MemoryRateLimiter::new(Arc::new(clock.clone())));
    Backend::alone(TimedLimiter { limiter, clock })
}
