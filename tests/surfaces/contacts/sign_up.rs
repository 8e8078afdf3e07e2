//! Contacts contract 2.9.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use vestibule_domain::ports::MockMailer;
use vestibule_tests::TestApp;

use super::person::{EMAIL, PASSWORD, confirm, log_in, sign_up, unlimited};

const PATH: &str = "/api/auth/signup";

#[tokio::test]
async fn a_new_account_is_shown_with_its_name_and_time() {
    let app = TestApp::start().await;
    let expected = r#"{"user":{"id":1,"username":"ada_l","email":"ada@example.com","created_at":"2026-01-02T03:04:05.678Z"},"detail":"Successfully created"}"#;
    sign_up(&app, "Ada@Example.com").await.is(201, expected);
}

#[tokio::test]
async fn a_taken_address_is_a_conflict_and_a_taken_name_is_none() {
    let app = unlimited().await;
    sign_up(&app, EMAIL).await;
    sign_up(&app, "ADA@example.com").await.is_detail(409, "Already exists");
    assert_eq!(sign_up(&app, "bob@example.com").await.status, 201);
}

#[tokio::test]
async fn every_fault_is_named_in_the_order_of_the_contract_and_no_password_is_shown() {
    let app = TestApp::start().await;
    let body = json!({"email": "nobody", "password": "12345", "username": "abcd"});
    app.post(PATH, &body).await.is(
        422,
        r#"{"detail":[{"type":"string_too_short","loc":["body","username"],"msg":"String should have at least 5 characters","input":"abcd","ctx":{"min_length":5}},{"type":"string_too_short","loc":["body","password"],"msg":"String should have at least 6 characters","input":"***","ctx":{"min_length":6}},{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: The email address is not valid. It must have exactly one @-sign.","input":"nobody","ctx":{"reason":"The email address is not valid. It must have exactly one @-sign."}}]}"#,
    );
    let body = json!({"username": "x".repeat(17), "password": "12345678901", "email": "a@b@example.com"});
    app.post(PATH, &body).await.is(
        422,
        r#"{"detail":[{"type":"string_too_long","loc":["body","username"],"msg":"String should have at most 16 characters","input":"xxxxxxxxxxxxxxxxx","ctx":{"max_length":16}},{"type":"string_too_long","loc":["body","password"],"msg":"String should have at most 10 characters","input":"***","ctx":{"max_length":10}},{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: The email address is not valid. It must have exactly one @-sign.","input":"a@b@example.com","ctx":{"reason":"The email address is not valid. It must have exactly one @-sign."}}]}"#,
    );
}

#[tokio::test]
async fn the_greatest_length_of_a_password_is_a_setting() {
    let app = TestApp::on_memory().with("surfaces.contacts.password_max", "64").start().await;
    let password = "correct horse battery staple";
    let body = json!({"username": "ada_l", "password": password, "email": EMAIL});
    assert_eq!(app.post(PATH, &body).await.status, 201);
    let token = app.mailed_code(EMAIL).await;
    confirm(&app, &token).await;
    assert_eq!(log_in(&app, EMAIL, &password.replace(' ', "+")).await.status, 200);
}

#[tokio::test]
async fn the_mail_links_to_the_confirmation_and_greets_nobody_twice_a_minute() {
    let app = unlimited().await;
    sign_up(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    let mail = app.mailbox.to(EMAIL)[0].mail.clone();
    assert_eq!(mail.links, [format!("http://127.0.0.1:0/api/email/confirm/{token}")]);
    assert!(mail.text.contains("ada_l") && !mail.text.contains(PASSWORD));
    assert_eq!(sign_up(&app, EMAIL).await.status, 409);
    assert_eq!(app.mails_to(EMAIL).await, 1);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(sign_up(&app, EMAIL).await.status, 409);
    assert_eq!(app.mails_to(EMAIL).await, 2);
    // Both links work.
    confirm(&app, &token).await.is(200, r#"{"message":"Email confirmed"}"#);
}

#[tokio::test]
async fn an_address_that_the_mail_server_is_known_not_to_take_is_a_bad_one() {
    let mut mailer = MockMailer::new();
    mailer.expect_takes_international().return_const(Some(false));
    let app = TestApp::on_memory().with_mailer(Arc::new(mailer)).start().await;
    sign_up(&app, "jörg@example.com").await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: Internationalized characters before the @-sign are not supported.","input":"jörg@example.com","ctx":{"reason":"Internationalized characters before the @-sign are not supported."}}]}"#,
    );
}
