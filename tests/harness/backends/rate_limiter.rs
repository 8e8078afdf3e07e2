//! Rate limiters.

use std::sync::Arc;

use vestibule_domain::ports::RateLimiter;
use vestibule_infrastructure::fallback::FallbackRateLimiter;
use vestibule_infrastructure::memory::MemoryRateLimiter;
use vestibule_infrastructure::redis::RedisRateLimiter;
use vestibule_use_case_tests::AbsentLimiter;

use super::Backend;
use super::passing_time::PassingTime;
use super::redis::OwnRedis;
use crate::FixedClock;

/// A rate limiter, and the time of its windows.
#[derive(Clone)]
pub struct TimedLimiter {
    /// The limiter.
    pub limiter: Arc<dyn RateLimiter>,
    /// The time of its windows.
    pub time: PassingTime,
}

/// The rate limiter in this process.
pub async fn memory() -> Backend<TimedLimiter> {
    let clock = FixedClock::new();
    let limiter = Arc::new(MemoryRateLimiter::new(Arc::new(clock.clone())));
    Backend::alone(TimedLimiter { limiter, time: PassingTime::Fixed(clock) })
}

/// The rate limiter in a Redis.
pub async fn redis() -> Backend<TimedLimiter> {
    on(&OwnRedis::one())
}

/// The rate limiter in a cluster.
pub async fn redis_cluster() -> Backend<TimedLimiter> {
    on(&OwnRedis::cluster())
}

/// The fallback, in front of a shared limiter that answers.
pub async fn fallback() -> Backend<TimedLimiter> {
    let clock = FixedClock::new();
    let shared = MemoryRateLimiter::new(Arc::new(clock.clone()));
    let limiter = Arc::new(FallbackRateLimiter::new(Arc::new(shared), Arc::new(clock.clone())));
    Backend::alone(TimedLimiter { limiter, time: PassingTime::Fixed(clock) })
}

/// The fallback, in front of a shared limiter that does not answer.
pub async fn fallback_alone() -> Backend<TimedLimiter> {
    let clock = FixedClock::new();
    let limiter = Arc::new(FallbackRateLimiter::new(Arc::new(AbsentLimiter), Arc::new(clock.clone())));
    Backend::alone(TimedLimiter { limiter, time: PassingTime::Fixed(clock) })
}

fn on(redis: &OwnRedis) -> Backend<TimedLimiter> {
    let limiter = Arc::new(RedisRateLimiter::new(redis.connection(), redis.prefix()));
    let time = PassingTime::Redis(redis.clone());
    Backend::on(TimedLimiter { limiter, time }, redis.cleared_at_the_end())
}
