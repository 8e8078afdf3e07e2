//! The cache.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use redis::{FromRedisValue, Value, cmd};
use vestibule_domain::ports::{Cache, CacheError};

use super::connection::{Answer, RedisConnection};
use super::failure::RedisFailure;
use super::script::OneKeyScript;

/// Puts a mark, to which Redis adds its time. So a script that is sent twice does not bring back a mark that another
/// one has replaced.
const MARK_ANEW: &str = "
local now = redis.call('TIME')
redis.call('SET', KEYS[1], ARGV[1] .. now[1] .. '.' .. now[2], 'PX', ARGV[2])
return true";

/// Answers the mark, or puts one as above and answers that.
const MARK_OF: &str = "
local mark = redis.call('GET', KEYS[1])
if not mark then
    local now = redis.call('TIME')
    mark = ARGV[1] .. now[1] .. '.' .. now[2]
    redis.call('SET', KEYS[1], mark, 'PX', ARGV[2])
end
return mark";

/// A cache in Redis, for several processes.
///
/// Redis may come back from an outage without its latest values: it was restarted from an older copy of itself, or a
/// replica that had fallen behind took over. So `get` fails for `distrust` after a connection was made. By then every
/// value from before has expired, if no value was given a longer life.
pub struct RedisCache {
    redis: Arc<RedisConnection>,
    prefix: String,
    distrust: Duration,
    mark_anew: OneKeyScript,
    mark_of: OneKeyScript,
}

impl RedisCache {
    /// A cache whose keys begin with `prefix`. `distrust` is how long a new connection's values are not believed.
    pub fn new(redis: Arc<RedisConnection>, prefix: &str, distrust: Duration) -> Self {
        Self {
            redis,
            prefix: format!("{prefix}cache:"),
            distrust,
            mark_anew: OneKeyScript::new(MARK_ANEW),
            mark_of: OneKeyScript::new(MARK_OF),
        }
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// The value of an answer, unless the connection that gave it is too new to be believed.
    fn trusted<T: FromRedisValue>(&self, answer: Answer<T>) -> Result<T, CacheError> {
        if answer.since.elapsed() < self.distrust {
            return Err(failed(RedisFailure::NotTrusted));
        }
        Ok(answer.value)
    }
}

fn failed(failure: RedisFailure) -> CacheError {
    CacheError(Box::new(failure))
}

/// A life in whole milliseconds, at least one and not more than Redis can count.
pub(super) fn milliseconds(life: Duration) -> u64 {
    const MOST: u64 = 1 << 50;
    u64::try_from(life.as_nanos().div_ceil(1_000_000)).unwrap_or(MOST).clamp(1, MOST)
}

#[async_trait]
impl Cache for RedisCache {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        self.trusted(self.redis.query(cmd("GET").arg(self.key(key))).await.map_err(failed)?)
    }

    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        let mut command = cmd("SET");
        command.arg(self.key(key)).arg(value).arg("PX").arg(milliseconds(life));
        self.redis.query::<()>(&command).await.map_err(failed)?;
        Ok(())
    }

    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError> {
        let mut command = cmd("SET");
        command.arg(self.key(key)).arg(value).arg("PX").arg(milliseconds(life)).arg("NX");
        let answer = self.redis.query::<Value>(&command).await.map_err(failed)?;
        Ok(answer.value != Value::Nil)
    }

    async fn mark_anew(&self, key: &str, mark: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        let arguments = (mark, milliseconds(life));
        let done = self.mark_anew.run::<()>(&self.redis, &self.key(key), arguments).await;
        done.map_err(failed)?;
        Ok(())
    }

    async fn mark_of(&self, key: &str, mark: Vec<u8>, life: Duration) -> Result<Option<Vec<u8>>, CacheError> {
        // Cheaper than the script, and what is there mostly is.
        if let Some(value) = self.get(key).await? {
            return Ok(Some(value));
        }
        let arguments = (mark, milliseconds(life));
        let made = self.mark_of.run::<Vec<u8>>(&self.redis, &self.key(key), arguments).await;
        self.trusted(made.map_err(failed)?).map(Some)
    }

    async fn ping(&self) -> Result<(), CacheError> {
        self.redis.query::<()>(&cmd("PING")).await.map_err(failed)?;
        Ok(())
    }

    fn is_remote(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_never_cut_to_nothing_and_never_overflows() {
        for (life, expected) in [
            (Duration::ZERO, 1),
            (Duration::from_nanos(1), 1),
            (Duration::from_micros(1_001), 2),
            (Duration::from_mins(1), 60_000),
            (Duration::MAX, 1 << 50),
        ] {
            assert_eq!(milliseconds(life), expected, "{life:?}");
        }
    }
}
