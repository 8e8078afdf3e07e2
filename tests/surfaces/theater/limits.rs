//! Floods from one client.

use serde_json::json;
use vestibule_tests::TestApp;

#[tokio::test]
async fn a_flood_is_429_before_its_body_is_read() {
    let app = TestApp::on_memory().with("server.max_body", "1KiB").start().await;
    let too_large = json!({ "token": "x".repeat(2048) });
    for _ in 0..60 {
        let answer = app.post("/api/v1/accounts/reset-password/complete/", &too_large).await;
        answer.is_detail(413, "Request Entity Too Large");
    }
    let answer = app.post("/api/v1/accounts/reset-password/complete/", &too_large).await;
    answer.is_detail(429, "Too Many Requests");
    assert_eq!(answer.header("retry-after"), "60");
    // Each route has a counter of its own.
    assert_eq!(app.post("/api/v1/accounts/login/", &json!({})).await.status, 422);
}

#[tokio::test]
async fn a_header_does_not_make_another_client() {
    // Where a proxy may be, and none is trusted.
    let app = TestApp::on_memory().with("doors.allow_on_network", "true").start().await;
    let mut last = 0;
    for number in 0..61 {
        let request = app
            .request("POST", "/api/v1/accounts/reset-password/complete/")
            .header("x-forwarded-for", format!("192.0.2.{number}"));
        last = app.send(request).await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_counts_alone() {
    let app = TestApp::on_memory()
        .with("server.trusted_proxies", "127.0.0.1")
        .with("doors.allow_on_network", "true")
        .start()
        .await;
    for number in 0..70 {
        let request = app
            .request("POST", "/api/v1/accounts/reset-password/complete/")
            .header("x-forwarded-for", format!("192.0.2.{number}"));
        assert_eq!(app.send(request).await.status, 422);
    }
}

#[tokio::test]
async fn a_route_has_one_counter_however_its_path_is_spelled() {
    let app = TestApp::start().await;
    let spellings = ["reset-password/complete/", "reset-password/complete", "%72eset-password/complete?a=1"];
    for number in 0..60 {
        let path = format!("/api/v1/accounts/{}", spellings[number % 3]);
        assert_eq!(app.post(&path, &json!({})).await.status, 422, "{path}");
    }
    for spelling in spellings {
        assert_eq!(app.post(&format!("/api/v1/accounts/{spelling}"), &json!({})).await.status, 429);
    }
}

#[tokio::test]
async fn a_recipient_has_one_counter_however_the_address_is_spelled() {
    let app = TestApp::start().await;
    let spellings = [
        "ada@bücher.example",
        "ADA@BÜCHER.example",
        " ada@xn--bcher-kva.example ",
        "Ada@Bu\u{308}cher.Example",
    ];
    let ask = async |email: &str| {
        app.post("/api/v1/accounts/password-reset/request/", &json!({"email": email})).await.status
    };
    for number in 0..5 {
        assert_eq!(ask(spellings[number % 4]).await, 200);
    }
    for spelling in spellings {
        assert_eq!(ask(spelling).await, 429, "{spelling}");
    }
    assert_eq!(ask("eve@bücher.example").await, 200);
}

#[tokio::test]
async fn limits_can_be_switched_off() {
    let app = TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    for _ in 0..70 {
        assert_eq!(app.post("/api/v1/accounts/reset-password/complete/", &json!({})).await.status, 422);
    }
}
