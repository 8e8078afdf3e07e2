//! Mobile contract 2.9, decisions 4 and 11.

use serde_json::json;

use super::person::{
    MOBILE, NAME, NO_USER, PASSWORD, UNAUTHORIZED, administrator, again, call, hardened, log_in, says,
    says_msg, signed_in, unlimited,
};

#[tokio::test]
async fn a_change_ends_the_other_sessions_and_keeps_its_own() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let other = again(&app, NAME, PASSWORD, &ada.uuid).await;
    let path = format!("/user/change-password/{}", ada.uuid);
    let body = json!({"old_password": PASSWORD, "new_password": "Notes1842"});
    says(&call(&app, "POST", &path, &ada.access, Some(&body)).await, 200, "Success!");
    says_msg(&call(&app, "GET", "/user", &other.access, None).await, 401, "Token has been revoked");
    says_msg(
        &call(&app, "GET", "/user/refresh-token/", &other.refresh, None).await,
        401,
        "Token has been revoked",
    );
    assert_eq!(call(&app, "GET", "/user", &ada.access, None).await.status, 200);
    says(&log_in(&app, NAME, PASSWORD).await, 401, "Invalid credentials!");
    again(&app, NAME, "Notes1842", &ada.uuid).await;
    says(
        &call(&app, "POST", &format!("{path}/"), &ada.access, Some(&body)).await,
        401,
        "Invalid credentials!",
    );
}

#[tokio::test]
async fn values_are_judged_before_passwords_are_compared() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let path = format!("/user/change-password/{}", ada.uuid);
    for (body, words) in [
        (json!({}), "old_password is required"),
        (json!({"new_password": "Notes1842"}), "old_password is required"),
        (json!({"old_password": "x"}), "new_password is required"),
        (json!({"old_password": "x", "new_password": ""}), "new_password is required"),
        (json!({"old_password": "x", "new_password": 12_345_678}), "new_password is required"),
        (json!({"old_password": "x", "new_password": "Notes18"}), "new_password needs at least 8 characters"),
        (json!({"old_password": "x", "new_password": "x".repeat(1025)}), "new_password is too long"),
    ] {
        says(&call(&app, "POST", &path, &ada.access, Some(&body)).await, 400, words);
    }
}

#[tokio::test]
async fn the_owner_and_administrators_may_and_both_need_the_old_password() {
    for app in [unlimited().start().await, hardened().start().await] {
        let root = administrator(&app).await;
        let ada = signed_in(&app, NAME, MOBILE).await;
        let eve = signed_in(&app, "eve", "01700000002").await;
        let path = format!("/user/change-password/{}", ada.uuid);
        let body = json!({"old_password": PASSWORD, "new_password": "Notes1842"});
        call(&app, "POST", &path, &eve.access, Some(&body)).await.is(403, UNAUTHORIZED);
        call(&app, "POST", "/user/change-password/x", &eve.access, Some(&body)).await.is(404, NO_USER);
        let wrong = json!({"old_password": "x", "new_password": "Notes1842"});
        says(&call(&app, "POST", &path, &root.access, Some(&wrong)).await, 401, "Invalid credentials!");
        says(&call(&app, "POST", &path, &root.access, Some(&body)).await, 200, "Success!");
        says_msg(&call(&app, "GET", "/user", &ada.access, None).await, 401, "Token has been revoked");
    }
}
