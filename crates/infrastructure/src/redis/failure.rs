//! Why a command to Redis failed.

use redis::RedisError;

#[derive(Debug, thiserror::Error)]
pub(super) enum RedisFailure {
    /// Redis failed a moment ago and was not asked again.
    #[error("Redis is away")]
    Away,
    #[error("Redis did not answer in time")]
    TimedOut,
    #[error("Redis failed")]
    Failed(#[from] RedisError),
    /// The connection is too new to be believed; see `RedisCache`.
    #[error("what Redis holds may be older than the connection to it")]
    NotTrusted,
}

impl RedisFailure {
    /// Whether the connection had ended, perhaps long ago, so that another one may work.
    pub(super) fn is_dropped_connection(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_connection_dropped())
    }
}
