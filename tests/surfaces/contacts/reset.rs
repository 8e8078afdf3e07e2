//! Contacts contract 2.13, decision 9.

use std::time::Duration;

use vestibule_tests::{Answer, TestApp};

use super::person::{
    EMAIL, PASSWORD, call, complete_reset, log_in, refresh, request_reset, sign_up, signed_in, unlimited,
};

const ASKED: &str = r#"{"message":"Check your email for new password."}"#;

#[tokio::test]
async fn asking_changes_nothing_and_the_mailed_token_sets_a_new_password_once() {
    let app = unlimited().await;
    let (access, token) = signed_in(&app, EMAIL).await;
    request_reset(&app, EMAIL).await.is(200, ASKED);
    assert_eq!(refresh(&app, &token).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 200);

    let mailed = app.mailed_code(EMAIL).await;
    complete_reset(&app, &mailed, "Notes1842").await.is(200, r#"{"message":"Password changed"}"#);
    call(&app, "GET", "/api/contacts/", &access, None).await.is_detail(401, "Wrong credentials");
    assert_eq!(refresh(&app, &token).await.status, 401);
    log_in(&app, EMAIL, PASSWORD).await.is_detail(401, "Wrong password");
    assert_eq!(log_in(&app, EMAIL, "Notes1842").await.status, 200);
    complete_reset(&app, &mailed, "Notes1843").await.is_detail(400, "Invalid or expired token");
    assert!(app.mails_to(EMAIL).await > 2, "the owner is told");
}

#[tokio::test]
async fn the_token_is_good_for_thirty_minutes_and_until_the_next_one() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    request_reset(&app, EMAIL).await;
    let first = app.mailed_code(EMAIL).await;
    request_reset(&app, EMAIL).await;
    let second = app.mailed_code(EMAIL).await;
    complete_reset(&app, &first, "Notes1842").await.is_detail(400, "Invalid or expired token");
    app.clock.advance(Duration::from_secs(30 * 60 - 1));
    assert_eq!(complete_reset(&app, &second, "Notes1842").await.status, 200);
    // The notice of the change, which has no code, goes first.
    app.mails_to(EMAIL).await;
    request_reset(&app, EMAIL).await;
    let third = app.mailed_code(EMAIL).await;
    app.clock.advance(Duration::from_mins(30));
    complete_reset(&app, &third, "Notes1843").await.is_detail(400, "Invalid or expired token");
}

#[tokio::test]
async fn a_wrong_token_cancels_nothing() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    for _ in 0..5 {
        complete_reset(&app, "guess", "Notes1842").await.is_detail(400, "Invalid or expired token");
    }
    assert_eq!(complete_reset(&app, &token, "Notes1842").await.status, 200);
}

#[tokio::test]
async fn an_unknown_address_is_told_and_an_unconfirmed_one_gets_no_mail() {
    let app = unlimited().await;
    request_reset(&app, "eve@example.com").await.is_detail(401, "Wrong user");
    sign_up(&app, EMAIL).await;
    request_reset(&app, EMAIL).await.is(200, ASKED);
    assert_eq!((app.mails_to(EMAIL).await, app.mails_to("eve@example.com").await), (1, 0));
}

#[tokio::test]
async fn the_rules_of_passwords_hold_and_no_secret_is_shown() {
    let app = TestApp::start().await;
    complete_reset(&app, "token", "12345").await.is(
        422,
        r#"{"detail":[{"type":"string_too_short","loc":["body","password"],"msg":"String should have at least 6 characters","input":"***","ctx":{"min_length":6}}]}"#,
    );
    let body = serde_json::json!({"token": "mailed-token"});
    app.post("/api/auth/reset_pwd/complete", &body).await.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["body","password"],"msg":"Field required","input":{"token":"***"}}]}"#,
    );
}

async fn submit(app: &TestApp, token: &str, password: &str) -> Answer {
    let fields = [
        ("surface", "contacts"),
        ("email", EMAIL),
        ("token", token),
        ("lang", "en"),
        ("password", password),
        ("repeated", password),
    ];
    super::person::form(app, "/account/reset-password", &fields).await
}

#[tokio::test]
async fn the_mailed_page_judges_by_the_rules_of_this_surface() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    let link = app.mailbox.to(EMAIL)[0].mail.links[0].clone();
    assert!(link.starts_with("http://127.0.0.1:0/account/reset-password?surface=contacts&"), "{link}");
    let page = app.get(link.strip_prefix("http://127.0.0.1:0").unwrap()).await;
    assert_eq!(page.status, 200);
    let long = submit(&app, &token, "Difference1").await;
    assert_eq!(long.status, 422);
    assert!(long.body.contains("Use at most 10 characters."));
    assert_eq!(submit(&app, &token, "Notes1842").await.status, 200);
    assert_eq!(log_in(&app, EMAIL, "Notes1842").await.status, 200);
}
