//! The rate limiter.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use redis::cmd;
use sha2::{Digest as _, Sha256};
use vestibule_domain::ports::{Limit, LimitDecision, RateLimitError, RateLimiter};

use super::cache::milliseconds;
use super::connection::RedisConnection;
use super::failure::RedisFailure;
use super::script::OneKeyScript;

/// Counts an event and answers `{events, milliseconds left}`. A window is a counter that expires. Its life is set by
/// the first event and never changed.
const HIT: &str = "
local events = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
    left = tonumber(ARGV[1])
    redis.call('PEXPIRE', KEYS[1], left)
end
return {events, left}";

/// Takes an event back and answers how many there were. The last one takes the window with it.
const GIVE_BACK: &str = "
local events = tonumber(redis.call('GET', KEYS[1]) or 0)
if events > 1 then
    redis.call('DECR', KEYS[1])
elseif events == 1 then
    redis.call('DEL', KEYS[1])
end
return events";

const NO_ARGUMENTS: &[u64] = &[];

/// A rate limiter in Redis, whose limits hold over several processes.
pub struct RedisRateLimiter {
    redis: Arc<RedisConnection>,
    prefix: String,
    hit: OneKeyScript,
    give_back: OneKeyScript,
}

impl RedisRateLimiter {
    /// A limiter whose keys begin with `prefix`.
    pub fn new(redis: Arc<RedisConnection>, prefix: &str) -> Self {
        Self {
            redis,
            prefix: format!("{prefix}limit:"),
            hit: OneKeyScript::new(HIT),
            give_back: OneKeyScript::new(GIVE_BACK),
        }
    }

    /// A digest of the key, because a key may hold a person's address.
    fn key(&self, key: &str) -> String {
        let digest = Sha256::digest(key.as_bytes());
        let mut text = self.prefix.clone();
        for byte in digest.iter().take(16) {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

fn failed(failure: RedisFailure) -> RateLimitError {
    RateLimitError(Box::new(failure))
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        let window = [milliseconds(limit.window)];
        let answer = self.hit.run::<(u64, u64)>(&self.redis, &self.key(key), &window).await;
        let (events, rest) = answer.map_err(failed)?.value;
        Ok(if events <= u64::from(limit.max) {
            LimitDecision::Allowed
        } else {
            LimitDecision::Limited { retry_after: Duration::from_millis(rest.max(1)) }
        })
    }

    async fn give_back(&self, key: &str) -> Result<(), RateLimitError> {
        let answer = self.give_back.run::<u64>(&self.redis, &self.key(key), NO_ARGUMENTS).await;
        answer.map(|_events| ()).map_err(failed)
    }

    async fn forget(&self, key: &str) -> Result<(), RateLimitError> {
        self.redis.query::<()>(cmd("DEL").arg(self.key(key))).await.map_err(failed)?;
        Ok(())
    }
}
