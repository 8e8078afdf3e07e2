//! Contacts contract 2.1 and 2.12.

use std::time::Duration;

use serde_json::json;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::Clock as _;
use vestibule_tests::TestApp;

use super::person::{EMAIL, confirm, log_in, member, sign_up, signed_in, unlimited};

const INVALID: &str = "Invalid token for email verification";
const BEFORE: &str = r#"{"message":"Your email is already confirmed"}"#;

async fn request_email(app: &TestApp, email: &str) -> vestibule_tests::Answer {
    app.post("/api/auth/request_email", &json!({"email": email})).await
}

#[tokio::test]
async fn the_link_confirms_once_and_may_be_opened_again() {
    let app = TestApp::start().await;
    sign_up(&app, EMAIL).await;
    log_in(&app, EMAIL, super::person::PASSWORD).await.is_detail(401, "Email not confirmed");
    let token = app.mailed_code(EMAIL).await;
    confirm(&app, &token).await.is(200, r#"{"message":"Email confirmed"}"#);
    for _ in 0..3 {
        confirm(&app, &token).await.is(200, BEFORE);
    }
    app.get(&format!("/api/email/confirm/{token}/")).await.is(200, BEFORE);
}

#[tokio::test]
async fn nothing_but_a_good_email_token_confirms() {
    let app = unlimited().await;
    let (access, refresh) = signed_in(&app, "bob@example.com").await;
    sign_up(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    let cut = &token[..token.len() - 1];
    for other in [&*access, &refresh, cut, "x", "a.b.c", "%FF"] {
        confirm(&app, other).await.is_detail(422, INVALID);
    }
    app.clock.advance(Duration::from_hours(7 * 24));
    confirm(&app, &token).await.is_detail(422, INVALID);
}

#[tokio::test]
async fn an_email_token_gives_no_access_and_no_tokens() {
    let app = TestApp::start().await;
    sign_up(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    confirm(&app, &token).await;
    let answer = super::person::call(&app, "GET", "/api/contacts/", &token, None).await;
    answer.is_detail(401, "Wrong credentials");
    super::person::refresh(&app, &token).await.is_detail(401, "Invalid Scope");
}

#[tokio::test]
async fn the_link_does_not_bring_back_who_was_locked_out() {
    let app = unlimited().await;
    sign_up(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    confirm(&app, &token).await;
    let now = app.clock.now();
    assert!(app.deps.store.repositories().accounts().deactivate(AccountId(1), now).await.unwrap());
    confirm(&app, &token).await.is(200, BEFORE);
    log_in(&app, EMAIL, super::person::PASSWORD).await.is_detail(401, "Wrong user");
    request_email(&app, EMAIL).await.is(200, BEFORE);
}

#[tokio::test]
async fn the_link_of_an_account_that_is_elsewhere_says_so() {
    let app = TestApp::start().await;
    sign_up(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    // Another server with the same secrets: there the account never was.
    let (other, signer) = (TestApp::start().await, app.deps.signer.clone());
    let claims = signer.verify(&token, vestibule_domain::sessions::TokenUse::Email, app.clock.now()).unwrap();
    let token = other.deps.signer.sign(&claims).unwrap();
    confirm(&other, token.reveal()).await.is_detail(400, "Verification error");
}

#[tokio::test]
async fn a_lost_mail_is_sent_again_and_an_unknown_address_is_told() {
    let app = unlimited().await;
    sign_up(&app, EMAIL).await;
    request_email(&app, "ADA@example.com")
        .await
        .is(200, r#"{"message":"Check your email for confirmation."}"#);
    assert_eq!(app.mails_to(EMAIL).await, 2);
    let token = app.mailed_code(EMAIL).await;
    confirm(&app, &token).await.is(200, r#"{"message":"Email confirmed"}"#);
    request_email(&app, EMAIL).await.is(200, BEFORE);
    request_email(&app, "eve@example.com").await.is_detail(401, "Wrong user");
    assert_eq!((app.mails_to(EMAIL).await, app.mails_to("eve@example.com").await), (2, 0));
}

#[tokio::test]
async fn an_address_gets_few_mails_whoever_asks() {
    let app = TestApp::on_memory()
        .with("server.trusted_proxies", "127.0.0.1")
        .with("doors.allow_on_network", "true")
        .start()
        .await;
    sign_up(&app, EMAIL).await;
    let mut statuses = Vec::new();
    for number in 0..7 {
        let request = app
            .request("POST", "/api/auth/request_email")
            .header("x-forwarded-for", format!("192.0.2.{number}"))
            .header("content-type", "application/json");
        let answer = app.send(request.body(json!({"email": EMAIL}).to_string())).await;
        statuses.push(answer.status);
        if answer.status == 429 {
            answer.is(429, r#"{"error":"Rate limit exceeded"}"#);
            assert!(answer.headers.contains_key("retry-after"));
        }
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429]);
}

#[tokio::test]
async fn a_member_of_another_surface_signs_in_here() {
    let app = unlimited().await;
    member(&app, EMAIL).await;
    let body = json!({"email": EMAIL, "password": super::person::PASSWORD});
    assert_eq!(app.post("/api/v1/accounts/login/", &body).await.status, 201);
}
