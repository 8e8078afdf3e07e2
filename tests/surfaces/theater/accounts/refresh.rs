//! Theater contract 2.6.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;
use vestibule_domain::accounts::EmailAddress;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{FixedClock, TestApp};

use crate::theater::person::{EMAIL, refresh, signed_in};

const UNKNOWN: &str = "Refresh token not found.";
const INVALID: &str = "Invalid token.";

#[tokio::test]
async fn a_further_access_token_is_given_and_the_refresh_token_stays_good() {
    let app = TestApp::start().await;
    let (access, token) = signed_in(&app, EMAIL).await;
    for _ in 0..3 {
        let answer = refresh(&app, &token).await;
        let further = answer.text("access_token");
        answer.is(200, &format!(r#"{{"access_token":"{further}","token_type":"bearer"}}"#));
        assert_ne!(further, access);
        assert!(app.services.verify_access.execute(&further).await.is_ok());
    }
}

#[tokio::test]
async fn it_expires_after_seven_days() {
    let app = TestApp::start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    app.clock.advance(Duration::from_secs(7 * 86400 - 1));
    assert_eq!(refresh(&app, &token).await.status, 200);
    app.clock.advance(Duration::from_secs(1));
    refresh(&app, &token).await.is_detail(400, "Token has expired.");
}

#[tokio::test]
async fn no_access_token_outlives_the_session() {
    let app = TestApp::start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    app.clock.advance(Duration::from_mins(10079));
    let access = refresh(&app, &token).await.text("access_token");
    app.clock.advance(Duration::from_mins(1));
    assert!(app.services.verify_access.execute(&access).await.is_err());
}

#[tokio::test]
async fn what_is_no_refresh_token_of_ours_is_invalid() {
    let app = TestApp::start().await;
    let (access, token) = signed_in(&app, EMAIL).await;
    let mut other_signature = token.clone();
    // The last character has bits that mean nothing.
    let changed = token.len() - 2..token.len() - 1;
    let other = if &token[changed.clone()] == "A" { "B" } else { "A" };
    other_signature.replace_range(changed, other);
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", token.split('.').nth(1).unwrap());
    for wrong in [
        "",
        "garbage",
        "a.b.c",
        &access,
        &other_signature,
        &unsigned,
        &format!("{token}.x"),
        &"x".repeat(9 * 1024),
    ] {
        refresh(&app, wrong).await.is_detail(400, INVALID);
    }
}

#[tokio::test]
async fn a_token_that_another_holder_of_the_key_signed_is_expired_or_not_found() {
    const SECRET: &str = "a refresh secret of more than 32 bytes";
    let app = TestApp::on_memory().with("tokens.refresh_secret", SECRET).start().await;
    let signed = |header: &str, claims: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let text =
            format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(claims));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes()));
        format!("{text}.{signature}")
    };
    let now = FixedClock::START.unix_timestamp();
    for header in [r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"typ": "JWT", "alg": "HS256"}"#] {
        let expired = signed(header, &format!(r#"{{"user_id":1,"exp":{now}}}"#));
        refresh(&app, &expired).await.is_detail(400, "Token has expired.");
        let unknown = signed(header, &format!(r#"{{"user_id":1,"exp":{}}}"#, now + 60));
        refresh(&app, &unknown).await.is_detail(401, UNKNOWN);
        refresh(&app, &signed(header, "{}")).await.is_detail(401, UNKNOWN);
    }
    refresh(&app, &signed(r#"{"alg":"none"}"#, "{}")).await.is_detail(400, INVALID);
    refresh(&app, &signed(r#"{"alg":"HS512","typ":"JWT"}"#, "{}")).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn no_token_is_shown_and_what_is_none_is() {
    let app = TestApp::start().await;
    let path = "/api/v1/accounts/refresh/";
    app.post(path, &json!({"refresh_token": 5})).await.is(
        422,
        r#"{"detail":[{"type":"string_type","loc":["body","refresh_token"],"msg":"Input should be a valid string","input":5}]}"#,
    );
    let answer = app.post(path, &json!("a token")).await;
    assert!(!answer.body.contains("a token"), "{answer:?}");
}

#[tokio::test]
async fn a_revoked_token_is_not_found() {
    let app = TestApp::start().await;
    let (access, token) = signed_in(&app, EMAIL).await;
    let actor = app.services.verify_access.execute(&access).await.unwrap();
    let input = vestibule_application::sessions::LogOutInput { session: actor.session };
    app.services.log_out.execute(input).await.unwrap();
    refresh(&app, &token).await.is_detail(401, UNKNOWN);
}

#[tokio::test]
async fn the_token_of_an_inactive_account_is_not_found() {
    let app = TestApp::start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    let mut repositories = app.deps.store.repositories();
    let account =
        repositories.accounts().by_email(&EmailAddress::parse(EMAIL).unwrap()).await.unwrap().unwrap();
    repositories.accounts().deactivate(account.id, FixedClock::START).await.unwrap();
    refresh(&app, &token).await.is_detail(401, UNKNOWN);
}

#[tokio::test]
async fn a_missing_token_is_named() {
    let app = TestApp::start().await;
    app.post("/api/v1/accounts/refresh/", &json!({})).await.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["body","refresh_token"],"msg":"Field required","input":{}}]}"#,
    );
}

#[tokio::test]
async fn a_failure_says_nothing() {
    let app = TestApp::start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    app.faults.fail_call(1, Fault::Unexpected);
    refresh(&app, &token).await.is(500, "Internal Server Error");
}
