//! Theater contract 2.3.

use serde_json::json;
use vestibule_tests::TestApp;

use crate::theater::person::{EMAIL, complete_reset, member, register, request_reset};

const ALWAYS: &str = r#"{"message":"If you are registered, you will receive an email with instructions."}"#;

#[tokio::test]
async fn an_active_account_gets_a_token() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    request_reset(&app, "ADA@example.com").await.is(200, ALWAYS);
    assert_eq!(app.mails_to(EMAIL).await, 2);
    assert_eq!(app.mailed_code(EMAIL).await.len(), 43);
}

#[tokio::test]
async fn strangers_and_inactive_accounts_get_the_same_answer_and_no_mail() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    request_reset(&app, EMAIL).await.is(200, ALWAYS);
    assert_eq!(app.mails_to(EMAIL).await, 1, "the activation mail alone");
    request_reset(&app, "nobody@example.com").await.is(200, ALWAYS);
    assert_eq!(app.mails_to("nobody@example.com").await, 0);
    let mut repositories = app.deps.store.repositories();
    assert_eq!(repositories.outbox().waiting().await.unwrap(), 0);
}

#[tokio::test]
async fn a_new_token_takes_the_place_of_the_old_one() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    request_reset(&app, EMAIL).await;
    let old = app.mailed_code(EMAIL).await;
    request_reset(&app, EMAIL).await;
    let new = app.mailed_code(EMAIL).await;
    assert_ne!(old, new);
    complete_reset(&app, EMAIL, &new, "Difference#1822")
        .await
        .is(200, r#"{"message":"Password reset successfully."}"#);
    complete_reset(&app, EMAIL, &old, "Difference#1823").await.is_detail(400, "Invalid email or token.");
}

#[tokio::test]
async fn what_is_no_address_is_named() {
    let app = TestApp::start().await;
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": "ada@"})).await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: There must be something after the @-sign.","input":"ada@","ctx":{"reason":"There must be something after the @-sign."}}]}"#,
    );
}

#[tokio::test]
async fn one_recipient_is_not_flooded() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for _ in 0..5 {
        request_reset(&app, EMAIL).await.is(200, ALWAYS);
    }
    let answer = request_reset(&app, EMAIL).await;
    answer.is_detail(429, "Too Many Requests");
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    app.clock.advance(std::time::Duration::from_secs(wait));
    request_reset(&app, EMAIL).await.is(200, ALWAYS);
}
