//! What stands in for an adapter of another process while that is away.

mod rate_limiter;

pub use rate_limiter::FallbackRateLimiter;
