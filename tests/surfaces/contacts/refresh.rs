//! Contacts contract 2.11.

use std::time::Duration;

use serde_json::json;
use vestibule_tests::TestApp;

use super::person::{EMAIL, PASSWORD, call, log_in, refresh, signed_in, unlimited};

const PATH: &str = "/api/auth/refresh_token";

#[tokio::test]
async fn the_token_is_exchanged_and_gives_the_same_successor_for_ten_seconds() {
    let app = TestApp::start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    let first = refresh(&app, &token).await;
    assert_eq!(first.status, 200);
    let successor = first.text("refresh_token");
    assert_ne!(successor, token);
    assert_eq!(first.text("token_type"), "bearer");
    app.clock.advance(Duration::from_millis(9_999));
    assert_eq!(refresh(&app, &token).await.text("refresh_token"), successor);
    assert_eq!(refresh(&app, &successor).await.status, 200);
}

#[tokio::test]
async fn a_token_used_twice_ends_its_session_and_no_other() {
    let app = TestApp::start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    let other = log_in(&app, EMAIL, PASSWORD).await;
    let refreshed = refresh(&app, &token).await;
    app.clock.advance(Duration::from_secs(10));
    refresh(&app, &token).await.is_detail(401, "Invalid refresh token");
    refresh(&app, &refreshed.text("refresh_token")).await.is_detail(401, "Invalid refresh token");
    let answer = call(&app, "GET", "/api/contacts/", &refreshed.text("access_token"), None).await;
    answer.is_detail(401, "Wrong credentials");
    assert_eq!(refresh(&app, &other.text("refresh_token")).await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_is_good_at_its_own_surface_alone() {
    let app = unlimited().await;
    let (_, ours) = signed_in(&app, EMAIL).await;
    let theirs = app.post("/api/v1/accounts/login/", &json!({"email": EMAIL, "password": PASSWORD})).await;
    let theirs = theirs.text("refresh_token");
    let at_theater =
        async |token: &str| app.post("/api/v1/accounts/refresh/", &json!({"refresh_token": token})).await;
    at_theater(&ours).await.is_detail(401, "Refresh token not found.");
    refresh(&app, &theirs).await.is_detail(401, "Invalid refresh token");
    let successor = refresh(&app, &ours).await.text("refresh_token");
    app.clock.advance(Duration::from_mins(1));
    at_theater(&ours).await.is_detail(401, "Refresh token not found.");
    assert_eq!(refresh(&app, &successor).await.status, 200);
    assert_eq!(at_theater(&theirs).await.status, 200);
}

#[tokio::test]
async fn a_second_tab_within_ten_seconds_gets_the_newest_token() {
    let app = unlimited().await;
    let (_, first) = signed_in(&app, EMAIL).await;
    let second = refresh(&app, &first).await.text("refresh_token");
    let third = refresh(&app, &second).await.text("refresh_token");
    assert_eq!(refresh(&app, &first).await.text("refresh_token"), third);
    app.clock.advance(Duration::from_mins(15));
    assert_eq!(refresh(&app, &third).await.status, 200);
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let app = unlimited().await;
    let (access, token) = signed_in(&app, EMAIL).await;
    refresh(&app, &access).await.is_detail(401, "Invalid Scope");
    for text in ["nonsense", "a.b.c", &token[..token.len() - 1]] {
        refresh(&app, text).await.is_detail(401, "Cannot validate");
    }
    app.clock.advance(Duration::from_hours(7 * 24));
    refresh(&app, &token).await.is_detail(401, "Cannot validate");
}

#[tokio::test]
async fn headers_are_judged_by_the_other_scheme() {
    let app = TestApp::start().await;
    let answer = app.get(PATH).await;
    answer.is_detail(403, "Not authenticated");
    assert!(!answer.headers.contains_key("www-authenticate"));
    for (header, text) in [
        ("Bearer", "Not authenticated"),
        ("Bearer ", "Not authenticated"),
        ("Basic abc", "Invalid authentication credentials"),
    ] {
        app.send(app.request("GET", PATH).header("authorization", header)).await.is_detail(403, text);
    }
    let lower = app.request("GET", PATH).header("authorization", "bearer x");
    app.send(lower).await.is_detail(401, "Cannot validate");
}
