//! Decision 8.

use std::time::Duration;

use vestibule_tests::TestApp;

use super::person::{MOBILE, NAME, PASSWORD, log_in, register, says};

#[tokio::test]
async fn a_client_logs_in_ten_times_a_minute() {
    let app = TestApp::start().await;
    for number in 0..10 {
        assert_eq!(log_in(&app, &format!("user{number}"), PASSWORD).await.status, 404);
    }
    let refused = log_in(&app, "another", PASSWORD).await;
    says(&refused, 429, "Too Many Requests");
    assert_eq!(refused.header("retry-after"), "60");
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(log_in(&app, NAME, PASSWORD).await.status, 404);
}

#[tokio::test]
async fn an_account_is_logged_in_to_ten_times_a_minute_from_all_clients() {
    let app = TestApp::on_memory()
        .with("doors.allow_on_network", "true")
        .with("server.trusted_proxies", "127.0.0.1")
        .start()
        .await;
    assert_eq!(register(&app, NAME, MOBILE).await.status, 200);
    let from = async |client: u8, name: &str| {
        let body = serde_json::json!({"username": name, "password": "Engine1844"}).to_string();
        let request =
            app.request("POST", "/user/login").header("x-forwarded-for", format!("203.0.113.{client}"));
        app.send(request.header("content-type", "application/json").body(body)).await
    };
    for client in 0..10 {
        let name = if client % 2 == 0 { "ada" } else { "ADA" };
        says(&from(client, name).await, 401, "Invalid credentials!");
    }
    says(&from(10, NAME).await, 429, "Too Many Requests");
    says(&from(10, "eve").await, 404, "User not found.");
}
