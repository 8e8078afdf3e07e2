//! States of sessions in Redis.

use std::sync::Arc;
use std::time::Duration;

use vestibule_infrastructure::redis::RedisCache;
use vestibule_tests::backends::redis::OwnRedis;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::PASSWORD;

use super::served_past::no_reader_is_served_the_past;

const ADA: &str = "ada@example.com";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn no_reader_is_served_the_past_from_redis() {
    let redis = OwnRedis::one();
    no_reader_is_served_the_past(on(&redis)).await;
    assert!(!redis.keys().is_empty(), "Redis was not asked");
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn what_redis_holds_of_a_session_is_no_secret() {
    let redis = OwnRedis::one();
    let app = on(&redis);
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    app.actor(&session.access_token).await.unwrap();
    let keys = redis.keys();
    let sessions = keys.iter().filter(|key| key.windows(9).any(|part| part == b":session:"));
    assert_eq!(sessions.count(), 1);
    let held: Vec<u8> = keys.iter().flat_map(|key| [key.clone(), redis.value(key)].concat()).collect();
    let secrets = [session.access_token.reveal(), session.refresh_token.reveal(), PASSWORD, ADA];
    for secret in secrets {
        let part = secret.as_bytes().get(..8).unwrap_or(secret.as_bytes());
        assert!(!held.windows(part.len()).any(|window| window == part), "{held:?}");
    }
}

fn on(redis: &OwnRedis) -> UseCases {
    let cache = Arc::new(RedisCache::new(redis.connection(), redis.prefix(), Duration::ZERO));
    UseCases::with(|deps| deps.cache = cache)
}
