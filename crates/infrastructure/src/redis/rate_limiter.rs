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

/// Answers `{events, milliseconds left}` without counting; zero events if there is no window.
const CHECK: &str = "
local events = redis.call('GET', KEYS[1])
return {tonumber(events or 0), redis.call('PTTL', KEYS[1])}";

const NO_ARGUMENTS: &[u64] = &[];

/// A rate limiter in Redis, whose limits hold over several processes.
pub struct RedisRateLimiter {
    redis: Arc<RedisConnection>,
    prefix: String,
    hit: OneKeyScript,
    check: OneKeyScript,
}

impl RedisRateLimiter {
    /// A limiter whose keys begin with `prefix`.
    pub fn new(redis: Arc<RedisConnection>, prefix: &str) -> Self {
        Self {
            redis,
            prefix: format!("{prefix}limit:"),
            hit: OneKeyScript::new(HIT),
            check: OneKeyScript::new(CHECK),
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

fn decide(is_allowed: bool, wait: Duration) -> LimitDecision {
    if is_allowed {
        LimitDecision::Allowed
    } else {
        LimitDecision::Limited { retry_after: wait.max(Duration::from_millis(1)) }
    }
}

/// The rest of a window as a script answers it; a negative number means that there is no window.
fn left(milliseconds: i64) -> Duration {
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn hit(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        let window = [milliseconds(limit.window)];
        let answer = self.hit.run::<(u64, i64)>(&self.redis, &self.key(key), &window).await;
        let (events, rest) = answer.map_err(failed)?.value;
        Ok(decide(events <= u64::from(limit.max), left(rest)))
    }

    async fn forget(&self, key: &str) -> Result<(), RateLimitError> {
        self.redis.query::<()>(cmd("DEL").arg(self.key(key))).await.map_err(failed)?;
        Ok(())
    }

    async fn check(&self, key: &str, limit: Limit) -> Result<LimitDecision, RateLimitError> {
        let answer = self.check.run::<(u64, i64)>(&self.redis, &self.key(key), NO_ARGUMENTS).await;
        let (events, rest) = answer.map_err(failed)?.value;
        Ok(match events {
            0 => decide(limit.max > 0, limit.window),
            _ => decide(events < u64::from(limit.max), left(rest)),
        })
    }
}
