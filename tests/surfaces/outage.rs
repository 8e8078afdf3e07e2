//! A server whose Redis goes away and comes back.

use std::time::Duration;

use serde_json::json;
use tokio::task::yield_now;
use tokio::time::timeout;
use vestibule_tests::backends::redis::OwnRedis;
use vestibule_tests::{Answer, Gate, TestApp, TestAppBuilder};

const READY: &str = r#"{"status":"up","checks":{"database":"up","writes":"up","cache":"up","media":"up"},"messages":{"parked":0}}"#;
const NOT_READY: &str = r#"{"status":"down","checks":{"database":"up","writes":"up","cache":"down","media":"up"},"messages":{"parked":0}}"#;

async fn behind_a_gate() -> (TestAppBuilder, Gate) {
    let redis = OwnRedis::one();
    let gate = Gate::to(redis.server_address()).await;
    let app = TestApp::on_memory()
        .with("cache.url", &format!("redis://{}", gate.address()))
        .with("cache.prefix", redis.prefix());
    (app, gate)
}

async fn call(app: &TestApp) -> Answer {
    app.post("/api/v1/accounts/reset-password/complete/", &json!({})).await
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn readiness_names_the_cache_while_it_is_away_and_requests_are_served() {
    let (app, gate) = behind_a_gate().await;
    let app = app.start().await;
    app.get("/health/ready").await.is(200, READY);
    gate.close();
    app.get("/health/ready").await.is(503, NOT_READY);
    app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
    assert_eq!(call(&app).await.status, 422);
    gate.open();
    let ready = async {
        while app.get("/health/ready").await.status == 503 {
            yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), ready).await.expect("the server is ready again");
    app.get("/health/ready").await.is(200, READY);
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_limit_that_is_used_up_stays_so_in_an_outage() {
    let (app, gate) = behind_a_gate().await;
    let app = app.start().await;
    for _ in 0..60 {
        assert_eq!(call(&app).await.status, 422);
    }
    call(&app).await.is_detail(429, "Too Many Requests");
    gate.close();
    let answer = call(&app).await;
    answer.is_detail(429, "Too Many Requests");
    assert!((1..=60).contains(&answer.header("retry-after").parse::<u32>().unwrap()));
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn limits_hold_in_an_outage_from_the_start_on() {
    let (app, gate) = behind_a_gate().await;
    gate.close();
    let app = app.start().await;
    for _ in 0..60 {
        assert_eq!(call(&app).await.status, 422);
    }
    call(&app).await.is_detail(429, "Too Many Requests");
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_limit_holds_over_two_servers() {
    let redis = OwnRedis::one();
    let node = || {
        TestApp::on_memory()
            .with("cache.url", &format!("redis://{}", redis.server_address()))
            .with("cache.prefix", redis.prefix())
            .start()
    };
    let (one, other) = (node().await, node().await);
    for _ in 0..30 {
        assert_eq!(call(&one).await.status, 422);
        assert_eq!(call(&other).await.status, 422);
    }
    call(&one).await.is_detail(429, "Too Many Requests");
    call(&other).await.is_detail(429, "Too Many Requests");
}
