//! Why Redis did not do it.

use redis::RedisError;

#[derive(Debug, thiserror::Error)]
pub(super) enum RedisFailure {
    /// It failed a moment ago and was not asked again.
    #[error("Redis is away")]
    Away,
    #[error("Redis did not answer in time")]
    TimedOut,
    #[error("Redis failed")]
    Failed(#[from] RedisError),
    /// The connection is new: see `RedisCache`.
    #[error("what Redis holds may be older than the connection to it")]
    NotTrusted,
}

impl RedisFailure {
    /// Whether the connection had ended, perhaps long ago: another one may serve.
    pub(super) fn is_dropped_connection(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_connection_dropped())
    }
}
