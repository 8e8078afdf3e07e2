//! Mobile contract 2.4 and 2.5, decision 6.

use std::time::Duration;

use vestibule_tests::TestApp;

use super::person::{MOBILE, NAME, PASSWORD, again, call, says, says_msg, signed_in, unlimited};
use crate::theater::person as theater;

const REFRESH: &str = "/user/refresh-token/";
const LOGOUT: &str = "/user/logout/";

#[tokio::test]
async fn a_refresh_token_gives_access_tokens_and_stays_good() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    for path in [REFRESH, "/user/refresh-token"] {
        let answer = call(&app, "GET", path, &ada.refresh, None).await;
        let access = answer.text("access_token");
        answer.is(200, &format!("{{\"access_token\":\"{access}\"}}\n"));
        assert_eq!(call(&app, "GET", "/user", &access, None).await.status, 200);
    }
    app.clock.advance(Duration::from_hours(29 * 24));
    assert_eq!(call(&app, "GET", REFRESH, &ada.refresh, None).await.status, 200);
    app.clock.advance(Duration::from_hours(24));
    says_msg(&call(&app, "GET", REFRESH, &ada.refresh, None).await, 401, "Token has expired");
}

#[tokio::test]
async fn logging_out_ends_both_tokens_of_the_session_and_no_others() {
    let app = unlimited().start().await;
    let first = signed_in(&app, NAME, MOBILE).await;
    for method in ["GET", "POST"] {
        let ada = again(&app, NAME, PASSWORD, &first.uuid).await;
        says(&call(&app, method, LOGOUT, &ada.access, None).await, 200, "User ada successfully logged out.");
        says_msg(&call(&app, method, LOGOUT, &ada.access, None).await, 401, "Token has been revoked");
        says_msg(&call(&app, "GET", "/user", &ada.access, None).await, 401, "Token has been revoked");
        says_msg(&call(&app, "GET", REFRESH, &ada.refresh, None).await, 401, "Token has been revoked");
    }
    assert_eq!(call(&app, "GET", "/user", &first.access, None).await.status, 200);
    says_msg(&call(&app, "GET", LOGOUT, &first.refresh, None).await, 422, "Only access tokens are allowed");
}

#[tokio::test]
async fn who_came_through_another_surface_is_named_by_the_address() {
    let app = TestApp::start().await;
    let (access, refresh) = theater::signed_in(&app, "grace@example.com").await;
    let listed = call(&app, "GET", "/user", &access, None).await.json();
    assert!(listed["data"][0]["username"].is_null() && listed["data"][0]["mobile"].is_null());
    // A refresh token is good where it was issued.
    says_msg(&call(&app, "GET", REFRESH, &refresh, None).await, 401, "Token has been revoked");
    let text = "User grace@example.com successfully logged out.";
    says(&call(&app, "GET", LOGOUT, &access, None).await, 200, text);
}
