//! What the adapters of Redis do when it goes away and comes back.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::timeout;
use vestibule_domain::ports::{Cache, Limit, LimitDecision, RateLimiter};
use vestibule_infrastructure::fallback::FallbackRateLimiter;
use vestibule_infrastructure::redis::{RedisCache, RedisConnection, RedisOptions, RedisRateLimiter};
use vestibule_tests::backends::redis::OwnRedis;
use vestibule_tests::{FixedClock, Gate, at_once};

const LIFE: Duration = Duration::from_mins(1);
const LIMIT: Limit = Limit::per_minute(3);
/// Longer than any test.
const FOR_EVER: Duration = Duration::from_hours(1);
/// Over at once.
const NO_TIME: Duration = Duration::from_nanos(1);

/// Adapters behind a gate.
struct Site {
    gate: Gate,
    redis: OwnRedis,
    connection: Arc<RedisConnection>,
}

impl Site {
    async fn new(change: impl FnOnce(&mut RedisOptions)) -> Self {
        let redis = OwnRedis::one();
        let gate = Gate::to(redis.server_address()).await;
        let mut options =
            RedisOptions { nodes: vec![format!("redis://{}", gate.address())], ..redis.options() };
        change(&mut options);
        let connection = Arc::new(RedisConnection::new(options).unwrap());
        Self { gate, redis, connection }
    }

    fn cache(&self, distrust: Duration) -> Arc<RedisCache> {
        Arc::new(RedisCache::new(self.connection.clone(), self.redis.prefix(), distrust))
    }

    fn limiter(&self) -> FallbackRateLimiter {
        let shared = RedisRateLimiter::new(self.connection.clone(), self.redis.prefix());
        FallbackRateLimiter::new(Arc::new(shared), Arc::new(FixedClock::new()))
    }

    /// Opens the gate and waits until the adapters have noticed.
    async fn back(&self) {
        self.gate.open();
        let cache = self.cache(NO_TIME);
        let answered = async {
            while cache.ping().await.is_err() {
                yield_now().await;
            }
        };
        timeout(Duration::from_secs(10), answered).await.expect("Redis answers again");
    }
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn after_a_failure_nothing_is_asked_for_a_while() {
    let site = Site::new(|options| options.pause = FOR_EVER).await;
    let cache = site.cache(NO_TIME);
    site.gate.close();
    assert!(cache.ping().await.is_err());
    let connections = site.gate.connections();
    site.gate.open();
    for _ in 0..10 {
        assert!(cache.get("key").await.is_err());
    }
    assert_eq!(site.gate.connections(), connections);
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn in_an_outage_one_command_tries_while_the_others_fail_at_once() {
    let site = Site::new(|options| {
        options.pause = NO_TIME;
        options.connect_timeout = Duration::from_millis(200);
    })
    .await;
    let cache = site.cache(NO_TIME);
    site.gate.close();
    assert!(cache.ping().await.is_err());
    let connections = site.gate.connections();
    site.gate.silence();
    let answers = at_once(50, |_| {
        let cache = cache.clone();
        async move { cache.get("key").await }
    })
    .await;
    assert!(answers.iter().all(Result::is_err));
    assert_eq!(site.gate.connections(), connections + 1);
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_server_that_does_not_answer_is_given_up() {
    let site = Site::new(|options| options.connect_timeout = Duration::from_millis(50)).await;
    site.gate.silence();
    assert!(site.cache(NO_TIME).ping().await.is_err());
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_crowd_makes_one_connection() {
    let site = Site::new(|_| {}).await;
    let cache = site.cache(NO_TIME);
    let answers = at_once(50, |_| {
        let cache = cache.clone();
        async move { cache.get("key").await.unwrap() }
    })
    .await;
    assert_eq!((answers.len(), site.gate.connections()), (50, 1));
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_connection_that_ended_is_no_outage() {
    let site = Site::new(|options| options.pause = FOR_EVER).await;
    let cache = site.cache(NO_TIME);
    cache.set("key", b"value".to_vec(), LIFE).await.unwrap();
    // Ends the connections there are.
    site.gate.open();
    assert_eq!(cache.get("key").await.unwrap().as_deref(), Some(&b"value"[..]));
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn the_end_of_an_outage_is_noticed() {
    let site = Site::new(|options| options.pause = NO_TIME).await;
    let cache = site.cache(NO_TIME);
    site.gate.close();
    assert!(cache.set("key", b"value".to_vec(), LIFE).await.is_err());
    site.back().await;
    cache.set("key", b"value".to_vec(), LIFE).await.unwrap();
    assert!(cache.get("key").await.unwrap().is_some());
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn what_may_be_older_than_the_connection_is_not_given_out() {
    let site = Site::new(|_| {}).await;
    site.cache(NO_TIME).set("key", b"value".to_vec(), LIFE).await.unwrap();
    let wary = site.cache(FOR_EVER);
    assert!(wary.get("key").await.is_err());
    // Marks arrive nevertheless, and find what is there.
    wary.set("mark", b"mark".to_vec(), LIFE).await.unwrap();
    assert!(!wary.add("key", b"other".to_vec(), LIFE).await.unwrap());
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn an_outage_gives_nobody_a_fresh_start_and_neither_does_its_end() {
    let site = Site::new(|options| options.pause = NO_TIME).await;
    let limiter = site.limiter();
    for _ in 0..LIMIT.max {
        assert_eq!(limiter.hit("before", LIMIT).await.unwrap(), LimitDecision::Allowed);
    }
    site.gate.close();
    assert_ne!(limiter.hit("before", LIMIT).await.unwrap(), LimitDecision::Allowed);
    for _ in 0..LIMIT.max {
        assert_eq!(limiter.hit("meanwhile", LIMIT).await.unwrap(), LimitDecision::Allowed);
    }
    assert_ne!(limiter.hit("meanwhile", LIMIT).await.unwrap(), LimitDecision::Allowed);
    site.back().await;
    assert_ne!(limiter.hit("meanwhile", LIMIT).await.unwrap(), LimitDecision::Allowed);
    assert_ne!(limiter.hit("before", LIMIT).await.unwrap(), LimitDecision::Allowed);
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn two_processes_count_together() {
    let redis = OwnRedis::one();
    let one = RedisRateLimiter::new(redis.connection(), redis.prefix());
    let other = RedisRateLimiter::new(redis.connection(), redis.prefix());
    for limiter in [&one, &other, &one] {
        assert_eq!(limiter.hit("key", LIMIT).await.unwrap(), LimitDecision::Allowed);
    }
    assert_ne!(other.hit("key", LIMIT).await.unwrap(), LimitDecision::Allowed);
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_server_that_forgot_the_scripts_learns_them_again() {
    let redis = OwnRedis::one();
    let limiter = RedisRateLimiter::new(redis.connection(), redis.prefix());
    limiter.hit("key", LIMIT).await.unwrap();
    redis.forget_scripts();
    limiter.give_back("key").await.unwrap();
    redis.forget_scripts();
    for _ in 0..LIMIT.max {
        assert_eq!(limiter.hit("key", LIMIT).await.unwrap(), LimitDecision::Allowed);
    }
    assert_ne!(limiter.hit("key", LIMIT).await.unwrap(), LimitDecision::Allowed);
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_server_without_tls_is_not_taken_for_one_with_it() {
    let site = Site::new(|options| {
        options.nodes = options.nodes.iter().map(|node| node.replace("redis:", "rediss:")).collect();
        // It waits for a line, and does not understand what it gets.
        options.connect_timeout = Duration::from_millis(200);
    })
    .await;
    assert!(site.cache(NO_TIME).ping().await.is_err());
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn the_keys_of_limits_name_nobody() {
    let redis = OwnRedis::one();
    let limiter = RedisRateLimiter::new(redis.connection(), redis.prefix());
    limiter.hit("reset:ada@example.com", LIMIT).await.unwrap();
    let keys = redis.keys();
    assert_eq!(keys.len(), 1);
    assert!(!String::from_utf8_lossy(&keys[0]).contains("ada"), "{keys:?}");
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_mark_that_is_put_twice_does_not_come_back() {
    let redis = OwnRedis::one();
    let cache = RedisCache::new(redis.connection(), redis.prefix(), NO_TIME);
    let put = async || {
        cache.mark_anew("key", b"one".to_vec(), LIFE).await.unwrap();
        cache.get("key").await.unwrap().unwrap()
    };
    let first = put().await;
    cache.mark_anew("key", b"other".to_vec(), LIFE).await.unwrap();
    // As where the connection ended before the first answer.
    assert_ne!(put().await, first);
}
