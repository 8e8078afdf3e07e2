//! Scripts, which Redis runs atomically.

use redis::{FromRedisValue, Script, ToRedisArgs, cmd};

use super::connection::{Answer, RedisConnection};
use super::failure::RedisFailure;

/// A script with one key, by which a cluster finds the node to run it on.
pub(super) struct OneKeyScript {
    source: &'static str,
    digest: String,
}

impl OneKeyScript {
    pub(super) fn new(source: &'static str) -> Self {
        Self { source, digest: Script::new(source).get_hash().to_owned() }
    }

    /// Runs the script by its digest. A new or restarted node does not know the digest; it is sent the source.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        redis: &RedisConnection,
        key: &str,
        arguments: impl ToRedisArgs,
    ) -> Result<Answer<T>, RedisFailure> {
        let command = |name: &str, script: &str| {
            let mut command = cmd(name);
            command.arg(script).arg(1).arg(key).arg(&arguments);
            command
        };
        match redis.query(&command("EVALSHA", &self.digest)).await {
            Err(RedisFailure::Failed(error)) if error.code() == Some("NOSCRIPT") => {
                redis.query(&command("EVAL", self.source)).await
            }
            answer => answer,
        }
    }
}
