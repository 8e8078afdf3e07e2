//! Adapters that stand in for a shared one while that cannot be reached.

mod rate_limiter;

pub use rate_limiter::FallbackRateLimiter;
