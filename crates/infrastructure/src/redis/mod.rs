//! Redis: one server, with or without TLS, or a cluster.
//!
//! The cache and the rate limiter share one connection. When Redis does not answer, all commands fail at once for a
//! moment, and then one of them tries again.

mod cache;
mod connection;
mod failure;
mod link;
mod options;
mod rate_limiter;
mod script;

pub use cache::RedisCache;
pub use connection::RedisConnection;
pub use options::{RedisOptions, RedisSetupError};
pub use rate_limiter::RedisRateLimiter;
