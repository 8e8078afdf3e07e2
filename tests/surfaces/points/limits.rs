//! Points contract, decision 9.

use std::time::Duration;

use vestibule_tests::backends::redis::OwnRedis;
use vestibule_tests::{Answer, TestApp};

use super::person::{
    EMAIL, PASSWORD, SEND_CODE, VERIFY_CODE, call, create, email_exist, form, log_in, show, signed_in,
};

fn is_limited(answer: &Answer) {
    answer.is_detail(429, "Too Many Requests");
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
}

async fn send_code(app: &TestApp, to: &str) -> Answer {
    call(app, "POST", SEND_CODE, &[("to", to)]).await
}

#[tokio::test]
async fn an_address_gets_three_codes_a_minute() {
    let app = TestApp::start().await;
    for to in [EMAIL, "ADA@example.com", "Ada@Example.com\n"] {
        assert_eq!(send_code(&app, to).await.status, 200);
    }
    is_limited(&send_code(&app, EMAIL).await);
    assert_eq!(send_code(&app, "eve@example.com").await.status, 200);
    assert_eq!(app.mails_to(EMAIL).await, 3);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(send_code(&app, EMAIL).await.status, 200);
}

#[tokio::test]
async fn a_client_asks_for_ten_codes_a_minute() {
    let app = TestApp::start().await;
    for number in 0..10 {
        assert_eq!(send_code(&app, &format!("a{number}@example.com")).await.status, 200);
    }
    is_limited(&send_code(&app, EMAIL).await);
    is_limited(&call(&app, "POST", &format!("{SEND_CODE}/"), &[]).await);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(send_code(&app, EMAIL).await.status, 200);
}

#[tokio::test]
async fn a_client_logs_in_ten_times_a_minute_and_asks_for_ten_addresses() {
    let app = TestApp::start().await;
    create(&app, EMAIL).await;
    for _ in 0..10 {
        assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 200);
        assert_eq!(email_exist(&app, EMAIL).await.status, 200);
    }
    is_limited(&log_in(&app, "eve@example.com", PASSWORD).await);
    is_limited(&email_exist(&app, "eve@example.com").await);
}

#[tokio::test]
async fn an_account_is_logged_in_to_ten_times_a_minute_from_all_clients() {
    let app = TestApp::on_memory()
        .with("server.trusted_proxies", "127.0.0.1")
        .with("doors.allow_on_network", "true")
        .start()
        .await;
    create(&app, EMAIL).await;
    let from = |client: usize, email: &'static str| {
        let fields = [("email", email), ("password", PASSWORD)];
        let request = form(&app, "POST", "/api/users/login", &fields);
        app.send(request.header("x-forwarded-for", format!("203.0.113.{client}")))
    };
    for client in 0..10 {
        assert_eq!(from(client, EMAIL).await.status, 200);
    }
    is_limited(&from(10, EMAIL).await);
    is_limited(&from(11, "ADA@example.com").await);
    from(12, "eve@example.com").await.is_detail(401, "Invalid credentials");
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(from(10, EMAIL).await.status, 200);
}

#[tokio::test]
async fn a_guesser_of_codes_is_stopped_over_all_codes_of_an_address() {
    let app = TestApp::start().await;
    for number in 0..15 {
        if number % 5 == 0 {
            app.clock.advance(Duration::from_mins(1));
            assert_eq!(call(&app, "POST", SEND_CODE, &[("to", EMAIL), ("length", "12")]).await.status, 200);
        }
        let fields = [("to", EMAIL), ("code", "0")];
        call(&app, "POST", VERIFY_CODE, &fields).await.is_detail(400, "Invalid or expired code");
    }
    let answer = call(&app, "POST", VERIFY_CODE, &[("to", EMAIL), ("code", "0")]).await;
    answer.is_detail(429, "Too Many Requests");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
}

#[tokio::test]
async fn other_endpoints_have_no_limit() {
    let app = TestApp::start().await;
    let token = signed_in(&app, EMAIL).await;
    for _ in 0..30 {
        assert_eq!(show(&app, &token).await.status, 200);
        assert_eq!(app.get("/api/").await.status, 200);
    }
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn every_limit_holds_over_two_servers_on_redis() {
    let redis = OwnRedis::one();
    let nodes = [node(&redis).await, node(&redis).await];
    for number in 0..10_usize {
        let node = &nodes[number % 2];
        assert_eq!(send_code(node, &format!("a{number}@example.com")).await.status, 200);
        assert_eq!(log_in(node, EMAIL, PASSWORD).await.status, 401);
        assert_eq!(email_exist(node, EMAIL).await.status, 200);
    }
    for node in &nodes {
        is_limited(&send_code(node, EMAIL).await);
        is_limited(&log_in(node, EMAIL, PASSWORD).await);
        is_limited(&email_exist(node, EMAIL).await);
    }
}

/// A server that counts on Redis.
async fn node(redis: &OwnRedis) -> TestApp {
    TestApp::on_memory()
        .with("cache.url", &format!("redis://{}", redis.server_address()))
        .with("cache.prefix", redis.prefix())
        .start()
        .await
}
