//! Theater contract 2.5.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{FixedClock, TestApp};

use crate::theater::person::{EMAIL, PASSWORD, complete_reset, log_in, member, register, request_reset};

const WRONG: &str = "Invalid email or password.";

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn both_tokens_are_given_in_the_published_form() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let answer = log_in(&app, "ADA@example.com", PASSWORD).await;
    let (access, refresh) = (answer.text("access_token"), answer.text("refresh_token"));
    answer.is(
        201,
        &format!(r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"bearer"}}"#),
    );
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_tokens_carry_what_clients_read() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let answer = log_in(&app, EMAIL, PASSWORD).await;
    let now = FixedClock::START.unix_timestamp();
    for (key, token_use, life) in [("access_token", "access", 600), ("refresh_token", "refresh", 7 * 86400)] {
        let token = answer.text(key);
        assert_eq!(part(&token, 0).to_string(), r#"{"alg":"HS256","typ":"JWT"}"#);
        let claims = part(&token, 1);
        assert_eq!(claims["user_id"], 1);
        assert_eq!(claims["use"], token_use);
        assert_eq!((&claims["iat"], &claims["exp"]), (&json!(now), &json!(now + life)));
        assert!(claims["jti"].is_string() && claims["sid"].is_string() && claims["sub"].is_string());
    }
}

#[tokio::test]
async fn two_logins_in_one_second_both_succeed() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let (first, second) = futures::join!(log_in(&app, EMAIL, PASSWORD), log_in(&app, EMAIL, PASSWORD));
    assert_eq!((first.status, second.status), (201, 201));
    assert_ne!(first.text("refresh_token"), second.text("refresh_token"));
}

#[tokio::test]
async fn a_stranger_and_a_wrong_password_get_the_same_answer() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let wrong = log_in(&app, EMAIL, "Wrong#1843").await;
    let stranger = log_in(&app, "nobody@example.com", PASSWORD).await;
    wrong.is_detail(401, WRONG);
    stranger.is_detail(401, WRONG);
    let headers = |answer: &vestibule_tests::Answer| {
        let mut headers = answer.headers.clone();
        let (id, _date) = (headers.remove("x-request-id"), headers.remove("date"));
        assert!(id.is_some());
        headers
    };
    assert_eq!(headers(&wrong), headers(&stranger));
    assert!(!wrong.headers.contains_key("www-authenticate"));
}

#[tokio::test]
async fn a_weak_wrong_password_is_wrong_and_not_invalid() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    log_in(&app, EMAIL, "x").await.is_detail(401, WRONG);
    log_in(&app, EMAIL, "").await.is_detail(401, WRONG);
}

#[tokio::test]
async fn an_inactive_account_is_told_so_only_after_its_password() {
    let app = TestApp::start().await;
    register(&app, EMAIL).await;
    log_in(&app, EMAIL, "Wrong#1843").await.is_detail(401, WRONG);
    log_in(&app, EMAIL, PASSWORD).await.is_detail(403, "User account is not activated.");
}

#[tokio::test]
async fn blanks_and_letter_case_of_a_password_count() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for other in [format!(" {PASSWORD}"), format!("{PASSWORD} "), PASSWORD.to_uppercase()] {
        log_in(&app, EMAIL, &other).await.is_detail(401, WRONG);
    }
}

#[tokio::test]
async fn long_passwords_are_exact() {
    let app = TestApp::start().await;
    let long = format!("Aa1@{}", "\u{1f511}".repeat(40));
    let body = json!({"email": EMAIL, "password": format!("{long}x")});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    let token = app.mailed_code(EMAIL).await;
    crate::theater::person::activate(&app, EMAIL, &token).await;
    log_in(&app, EMAIL, &format!("{long}y")).await.is_detail(401, WRONG);
    log_in(&app, EMAIL, &long).await.is_detail(401, WRONG);
    assert_eq!(log_in(&app, EMAIL, &format!("{long}x")).await.status, 201);
}

#[tokio::test]
async fn missing_fields_are_named() {
    let app = TestApp::start().await;
    app.post("/api/v1/accounts/login/", &json!({"email": EMAIL})).await.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["body","password"],"msg":"Field required","input":{"email":"ada@example.com"}}]}"#,
    );
}

#[tokio::test]
async fn a_failure_to_store_the_session_is_500_with_the_published_text() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let text = "An error occurred while processing the request.";
    for call in 1..=4 {
        app.faults.fail_call(call, Fault::Unexpected);
        log_in(&app, EMAIL, PASSWORD).await.is_detail(500, text);
    }
    app.faults.fail_commit(Fault::Unexpected);
    log_in(&app, EMAIL, PASSWORD).await.is_detail(500, text);
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
}

#[tokio::test]
async fn guessing_one_password_is_throttled_and_other_accounts_are_not() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    member(&app, "eve@example.com").await;
    for _ in 0..100 {
        log_in(&app, EMAIL, "Wrong#1843").await.is_detail(401, WRONG);
    }
    let answer = log_in(&app, EMAIL, PASSWORD).await;
    answer.is_detail(429, "Too Many Requests");
    assert_eq!(log_in(&app, "eve@example.com", PASSWORD).await.status, 201);
    assert_eq!(answer.header("retry-after"), "900");
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    app.clock.advance(std::time::Duration::from_secs(wait));
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
}

#[tokio::test]
async fn a_right_password_forgets_the_wrong_ones() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for _ in 0..3 {
        for _ in 0..60 {
            log_in(&app, EMAIL, "x").await.is_detail(401, WRONG);
        }
        assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
    }
}

#[tokio::test]
async fn an_owner_who_is_kept_out_by_guesses_comes_in_by_a_reset() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    for _ in 0..100 {
        log_in(&app, EMAIL, "x").await;
    }
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 429);
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(complete_reset(&app, EMAIL, &token, "Difference#1822").await.status, 200);
    assert_eq!(log_in(&app, EMAIL, "Difference#1822").await.status, 201);
}

#[tokio::test]
async fn guessing_many_accounts_from_one_client_is_throttled() {
    let app = TestApp::start().await;
    for number in 0..200 {
        let email = format!("person-{number}@example.com");
        log_in(&app, &email, "x").await.is_detail(401, WRONG);
    }
    log_in(&app, "another@example.com", "x").await.is_detail(429, "Too Many Requests");
}
