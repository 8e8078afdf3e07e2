//! Theater contract 2.4.

use std::time::Duration;

use serde_json::json;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use crate::theater::person::{
    EMAIL, PASSWORD, complete_reset, log_in, member, refresh, register, request_reset, signed_in,
};

const NEW: &str = "Difference#1822";
const DONE: &str = r#"{"message":"Password reset successfully."}"#;
const INVALID: &str = "Invalid email or token.";

async fn asked_for_reset(app: &TestApp) -> String {
    member(app, EMAIL).await;
    request_reset(app, EMAIL).await;
    app.mailed_code(EMAIL).await
}

#[tokio::test]
async fn the_new_password_works_and_the_old_one_does_not() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
    log_in(&app, EMAIL, PASSWORD).await.is_detail(401, "Invalid email or password.");
    assert_eq!(log_in(&app, EMAIL, NEW).await.status, 201);
    complete_reset(&app, EMAIL, &token, NEW).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn every_session_ends_and_the_owner_is_told() {
    let app = TestApp::start().await;
    let (access, refresh_token) = signed_in(&app, EMAIL).await;
    assert!(app.services.verify_access.execute(&access).await.is_ok());
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
    refresh(&app, &refresh_token).await.is_detail(401, "Refresh token not found.");
    assert!(app.services.verify_access.execute(&access).await.is_err());
    assert_eq!(app.mails_to(EMAIL).await, 3);
    assert_eq!(app.mailbox.to(EMAIL)[0].mail.code, None, "a notice carries no token");
}

#[tokio::test]
async fn a_wrong_token_cancels_the_reset() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    complete_reset(&app, EMAIL, "wrong", NEW).await.is_detail(400, INVALID);
    complete_reset(&app, EMAIL, &token, NEW).await.is_detail(400, INVALID);
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    app.clock.advance(Duration::from_hours(24));
    complete_reset(&app, EMAIL, &token, NEW).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn strangers_and_inactive_accounts_get_the_same_answer() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let activation = app.mailed_code(EMAIL).await;
    complete_reset(&app, EMAIL, &activation, NEW).await.is_detail(400, INVALID);
    complete_reset(&app, "nobody@example.com", &activation, NEW).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn the_token_of_another_account_is_refused() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    member(&app, "eve@example.com").await;
    complete_reset(&app, "eve@example.com", &token, NEW).await.is_detail(400, INVALID);
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
}

#[tokio::test]
async fn missing_fields_come_in_the_order_of_the_contract() {
    let app = TestApp::start().await;
    let answer = app.post("/api/v1/accounts/reset-password/complete/", &json!({})).await;
    assert_eq!(answer.status, 422);
    let places: Vec<_> =
        answer.json()["detail"].as_array().unwrap().iter().map(|item| item["loc"][1].clone()).collect();
    assert_eq!(places, ["email", "password", "token"]);
}

#[tokio::test]
async fn a_weak_password_does_not_use_the_token_up() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    complete_reset(&app, EMAIL, &token, "weak").await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","password"],"msg":"Value error, Password must contain at least 8 characters.","input":"***","ctx":{"error":{}}}]}"#,
    );
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
}

#[tokio::test]
async fn a_failure_changes_nothing() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    let text = "An error occurred while resetting the password.";
    for call in 1..=7 {
        app.faults.fail_call(call, Fault::Unexpected);
        complete_reset(&app, EMAIL, &token, NEW).await.is_detail(500, text);
    }
    app.faults.fail_commit(Fault::Unexpected);
    complete_reset(&app, EMAIL, &token, NEW).await.is_detail(500, text);
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
}

#[tokio::test]
async fn guessing_is_throttled() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for _ in 0..30 {
        complete_reset(&app, EMAIL, "guess", NEW).await.is_detail(400, INVALID);
    }
    let answer = complete_reset(&app, EMAIL, "guess", NEW).await;
    answer.is_detail(429, "Too Many Requests");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
}

#[tokio::test]
async fn the_right_token_passes_however_many_wrong_ones_came_before() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for _ in 0..40 {
        complete_reset(&app, EMAIL, "guess", NEW).await;
    }
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
    assert_eq!(log_in(&app, EMAIL, NEW).await.status, 201);
}

#[tokio::test]
async fn over_the_limit_a_wrong_token_cancels_nothing() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for _ in 0..30 {
        complete_reset(&app, EMAIL, "guess", NEW).await.is_detail(400, INVALID);
    }
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    for _ in 0..5 {
        complete_reset(&app, EMAIL, "guess", NEW).await.is_detail(429, "Too Many Requests");
    }
    complete_reset(&app, EMAIL, &token, NEW).await.is(200, DONE);
}

#[tokio::test]
async fn over_the_limit_an_expired_token_is_like_a_wrong_one() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    app.clock.advance(Duration::from_hours(24));
    for _ in 0..30 {
        complete_reset(&app, "nobody@example.com", "guess", NEW).await.is_detail(400, INVALID);
        complete_reset(&app, EMAIL, "guess", NEW).await.is_detail(400, INVALID);
    }
    for (email, token) in [(EMAIL, &*token), (EMAIL, "guess"), ("nobody@example.com", "guess")] {
        complete_reset(&app, email, token, NEW).await.is_detail(429, "Too Many Requests");
    }
}
