//! Theater contract 2.1.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use vestibule_domain::ports::{Mailer, MockMailer};
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use crate::theater::person::{EMAIL, PASSWORD, activate, log_in, member, register};

const PATH: &str = "/api/v1/accounts/register/";

#[tokio::test]
async fn a_new_account_is_shown_with_its_id_and_address() {
    let app = TestApp::start().await;
    let answer = register(&app, EMAIL).await;
    answer.is(201, r#"{"id":1,"email":"ada@example.com"}"#);
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn the_path_works_without_its_last_slash() {
    let app = TestApp::start().await;
    let body = json!({"email": EMAIL, "password": PASSWORD});
    app.post("/api/v1/accounts/register", &body).await.is(201, r#"{"id":1,"email":"ada@example.com"}"#);
}

#[tokio::test]
async fn the_address_is_stored_and_compared_in_lower_case() {
    let app = TestApp::start().await;
    register(&app, "Ada@Example.COM").await.is(201, r#"{"id":1,"email":"ada@example.com"}"#);
    register(&app, "ADA@example.com")
        .await
        .is_detail(409, "A user with this email ada@example.com already exists.");
}

#[tokio::test]
async fn the_account_is_inactive_until_the_mailed_token_comes_back() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    log_in(&app, EMAIL, PASSWORD).await.is_detail(403, "User account is not activated.");
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(token.len(), 43);
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
}

#[tokio::test]
async fn registering_an_inactive_address_again_mails_a_fresh_token_once_a_minute() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let first = app.mailed_code(EMAIL).await;
    let conflict = "A user with this email ada@example.com already exists.";

    app.clock.advance(Duration::from_secs(59));
    register(&app, EMAIL).await.is_detail(409, conflict);
    assert_eq!(app.mails_to(EMAIL).await, 1);

    app.clock.advance(Duration::from_secs(1));
    register(&app, EMAIL).await.is_detail(409, conflict);
    assert_eq!(app.mails_to(EMAIL).await, 2);
    let second = app.mailed_code(EMAIL).await;
    activate(&app, EMAIL, &first).await.is_detail(400, "Invalid or expired activation token.");
    assert_eq!(activate(&app, EMAIL, &second).await.status, 200);
}

#[tokio::test]
async fn an_expired_activation_can_be_renewed() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    let expired = app.mailed_code(EMAIL).await;
    app.clock.advance(Duration::from_hours(24));
    activate(&app, EMAIL, &expired).await.is_detail(400, "Invalid or expired activation token.");
    assert_eq!(register(&app, EMAIL).await.status, 409);
    let renewed = app.mailed_code(EMAIL).await;
    assert_eq!(activate(&app, EMAIL, &renewed).await.status, 200);
}

#[tokio::test]
async fn registering_an_active_address_again_mails_nothing() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(register(&app, EMAIL).await.status, 409);
    assert_eq!(app.mails_to(EMAIL).await, 1);
}

#[tokio::test]
async fn the_mail_speaks_the_language_of_the_request() {
    let app = TestApp::start().await;
    for (language, subject) in [("en-GB,en;q=0.9", "Activate your account"), ("fr", "Activez votre compte")] {
        let email = format!("{}@example.com", &language[..2]);
        let body = json!({"email": email, "password": PASSWORD}).to_string();
        let request = app
            .request("POST", PATH)
            .header("accept-language", language)
            .header("content-type", "application/json");
        assert_eq!(app.send(request.body(body)).await.status, 201);
        app.mailed_code(&email).await;
        assert_eq!(app.mailbox.to(&email)[0].mail.subject, subject);
    }
}

#[tokio::test]
async fn every_fault_is_named_in_order_and_no_password_is_shown() {
    let app = TestApp::start().await;
    app.post(PATH, &json!({})).await.is(
        422,
        concat!(
            r#"{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{}},"#,
            r#"{"type":"missing","loc":["body","password"],"msg":"Field required","input":{}}]}"#,
        ),
    );
    app.post(PATH, &json!({"email": "nobody", "password": "short"})).await.is(
        422,
        concat!(
            r#"{"detail":[{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: An email address must have an @-sign.","input":"nobody","ctx":{"reason":"An email address must have an @-sign."}},"#,
            r#"{"type":"value_error","loc":["body","password"],"msg":"Value error, Password must contain at least 8 characters.","input":"***","ctx":{"error":{}}}]}"#,
        ),
    );
    app.post(PATH, &json!({"password": PASSWORD})).await.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{"password":"***"}}]}"#,
    );
    app.post(PATH, &json!({"email": 5, "password": 7})).await.is(
        422,
        concat!(
            r#"{"detail":[{"type":"string_type","loc":["body","email"],"msg":"Input should be a valid string","input":5},"#,
            r#"{"type":"string_type","loc":["body","password"],"msg":"Input should be a valid string","input":7}]}"#,
        ),
    );
}

#[tokio::test]
async fn each_password_rule_has_its_words() {
    let app = TestApp::start().await;
    let rules = [
        ("Aa1@567", "Password must contain at least 8 characters."),
        ("aa1@5678", "Password must contain at least one uppercase letter."),
        ("AA1@5678", "Password must contain at least one lower letter."),
        ("Aaa@bcde", "Password must contain at least one digit."),
        ("Aaa1bcde", "Password must contain at least one special character: @, $, !, %, *, ?, #, &."),
    ];
    for (password, words) in rules {
        let answer = app.post(PATH, &json!({"email": EMAIL, "password": password})).await;
        assert_eq!(answer.status, 422, "{password}");
        assert_eq!(answer.json()["detail"][0]["msg"], format!("Value error, {words}"), "{password}");
    }
}

#[tokio::test]
async fn any_failure_of_the_store_leaves_nothing_behind() {
    let app = TestApp::start().await;
    // The account, its token, its message: whichever fails, all are undone.
    for call in 1..=3 {
        app.faults.fail_call(call, Fault::Unexpected);
        register(&app, EMAIL).await.is_detail(500, "An error occurred during user creation.");
    }
    app.faults.fail_commit(Fault::Unexpected);
    register(&app, EMAIL).await.is_detail(500, "An error occurred during user creation.");
    assert_eq!(register(&app, EMAIL).await.status, 201);
    assert_eq!(app.mails_to(EMAIL).await, 1);
}

#[tokio::test]
async fn a_store_out_of_reach_is_503_with_a_time_to_wait() {
    let app = TestApp::start().await;
    app.faults.fail_begin(Fault::Unavailable);
    let answer = register(&app, EMAIL).await;
    answer.is_detail(503, "Service Unavailable");
    assert_eq!(answer.header("retry-after"), "5");
}

/// A mailer that knows this of its server.
fn mailer(takes_international: Option<bool>) -> Arc<dyn Mailer> {
    let mut mailer = MockMailer::new();
    mailer.expect_takes_international().return_const(takes_international);
    Arc::new(mailer)
}

#[tokio::test]
async fn an_address_that_the_mail_server_is_known_not_to_take_is_a_bad_one() {
    let app = TestApp::on_memory().with_mailer(mailer(Some(false))).start().await;
    register(&app, "j\u{f6}rg@example.com").await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: Internationalized characters before the @-sign are not supported.","input":"jörg@example.com","ctx":{"reason":"Internationalized characters before the @-sign are not supported."}}]}"#,
    );
    assert_eq!(register(&app, "ada@b\u{fc}cher.de").await.status, 201);
}

#[tokio::test]
async fn an_address_outside_ascii_is_taken_while_nothing_is_known_against_it() {
    for takes in [None, Some(true)] {
        let app = TestApp::on_memory().with_mailer(mailer(takes)).start().await;
        assert_eq!(register(&app, "j\u{f6}rg@example.com").await.status, 201, "{takes:?}");
    }
}
