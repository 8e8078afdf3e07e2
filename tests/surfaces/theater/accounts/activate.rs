//! Theater contract 2.2.

use std::time::Duration;

use serde_json::json;
use vestibule_domain::accounts::EmailAddress;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{FixedClock, TestApp};

use crate::theater::person::{EMAIL, activate, register};

const INVALID: &str = "Invalid or expired activation token.";

#[tokio::test]
async fn the_mailed_token_activates_once() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    activate(&app, EMAIL, &token).await.is(200, r#"{"message":"User account activated successfully."}"#);
    activate(&app, EMAIL, &token).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn letter_case_of_the_address_does_not_matter() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(activate(&app, "ADA@Example.com", &token).await.status, 200);
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_the_right_one_stays_good() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    for wrong in ["", "x", &token.to_lowercase(), &format!("{token} ")] {
        activate(&app, EMAIL, wrong).await.is_detail(400, INVALID);
    }
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
}

#[tokio::test]
async fn the_token_of_another_account_is_refused() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    register(&app, "eve@example.com").await;
    let of_eve = app.mailed_code("eve@example.com").await;
    activate(&app, EMAIL, &of_eve).await.is_detail(400, INVALID);
    activate(&app, "nobody@example.com", &of_eve).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn the_token_is_good_for_a_day() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    register(&app, "late@example.com").await;
    let (in_time, late) = (app.mailed_code(EMAIL).await, app.mailed_code("late@example.com").await);
    app.clock.advance(Duration::from_secs(24 * 3600 - 1));
    assert_eq!(activate(&app, EMAIL, &in_time).await.status, 200);
    app.clock.advance(Duration::from_secs(1));
    activate(&app, "late@example.com", &late).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn an_active_account_with_a_good_token_is_told_so() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    let mut repositories = app.deps.store.repositories();
    let account =
        repositories.accounts().by_email(&EmailAddress::parse(EMAIL).unwrap()).await.unwrap().unwrap();
    repositories.accounts().activate(account.id, FixedClock::START).await.unwrap();
    activate(&app, EMAIL, &token).await.is_detail(400, "User account is already active.");
    // The token row stays.
    activate(&app, EMAIL, &token).await.is_detail(400, "User account is already active.");
}

#[tokio::test]
async fn faults_are_named_and_no_token_is_shown() {
    let app = TestApp::start().await;
    let path = "/api/v1/accounts/activate/";
    app.post(path, &json!({"token": "secret"})).await.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{"token":"***"}}]}"#,
    );
    app.post(path, &json!({"email": EMAIL, "token": null})).await.is(
        422,
        r#"{"detail":[{"type":"string_type","loc":["body","token"],"msg":"Input should be a valid string","input":null}]}"#,
    );
}

#[tokio::test]
async fn a_failure_changes_nothing() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    for call in 1..=4 {
        app.faults.fail_call(call, Fault::Unexpected);
        activate(&app, EMAIL, &token).await.is(500, "Internal Server Error");
    }
    app.faults.fail_commit(Fault::Unexpected);
    let answer = activate(&app, EMAIL, &token).await;
    answer.is(500, "Internal Server Error");
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
}
