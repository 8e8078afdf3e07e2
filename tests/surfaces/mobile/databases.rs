//! The same story on every store.

use serde_json::json;
use vestibule_tests::{TestAppBuilder, on_every_store};

use super::person::{
    MOBILE, NAME, NO_USER, PASSWORD, administrator, again, call, log_in, register, says, says_msg, signed_in,
    success, user,
};

/// What a client of the published contract does.
async fn story(app: TestAppBuilder) {
    let app = app.with("rate_limit.enabled", "false").with("posture", "hardened").start().await;
    let root = administrator(&app).await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    says(&register(&app, "ADA", MOBILE).await, 400, "A user with that username already exists.");
    says(&register(&app, "eve", MOBILE).await, 400, "A user with that mobile number already exists.");
    says(&log_in(&app, "a\0b", PASSWORD).await, 404, "User not found.");
    let zoe = signed_in(&app, "Zoë%", "01700000002").await;

    let own = format!("/user/{}", ada.uuid);
    let change = json!({"username": "Lovelace", "email": "ada@example.com", "mobile": "01700000009", "gender": "Female"});
    let changed = call(&app, "PATCH", &own, &ada.access, Some(&change)).await;
    let shown = success(&user("01700000009", true, "Lovelace", &ada.uuid));
    changed.is(200, &shown);
    call(&app, "GET", &own, &root.access, None).await.is(200, &shown);
    let change = json!({"email": "ada@example.com", "mobile": "01700000009"});
    let taken = call(&app, "PATCH", &format!("/user/{}", zoe.uuid), &zoe.access, Some(&change)).await;
    says(&taken, 400, "A user with that email already exists.");
    let change = json!({"email": null, "gender": null});
    call(&app, "PATCH", &own, &ada.access, Some(&change)).await.is(200, &shown);

    let listed = call(&app, "GET", "/user", &root.access, None).await.json();
    let names: Vec<_> =
        listed["data"].as_array().unwrap().iter().map(|user| user["username"].clone()).collect();
    assert_eq!(names, ["root", "Lovelace", "Zoë%"]);
    let found = call(&app, "GET", "/user?q=%C3%8B%25", &root.access, None).await.json();
    assert_eq!((&found["total"], &found["data"][0]["username"]), (&json!(1), &json!("Zoë%")));

    let passwords = json!({"old_password": PASSWORD, "new_password": "Notes1842"});
    let path = format!("/user/change-password/{}", ada.uuid);
    says(&call(&app, "POST", &path, &ada.access, Some(&passwords)).await, 200, "Success!");
    let status = json!({"status": false});
    assert_eq!(call(&app, "PATCH", &own, &root.access, Some(&status)).await.status, 200);
    says_msg(&call(&app, "GET", &own, &ada.access, None).await, 401, "Token has been revoked");
    let status = json!({"status": true});
    assert_eq!(call(&app, "PATCH", &own, &root.access, Some(&status)).await.status, 200);
    let ada = again(&app, "LOVELACE", "Notes1842", &ada.uuid).await;
    assert_eq!(call(&app, "GET", "/user/refresh-token/", &ada.refresh, None).await.status, 200);
    assert_eq!(call(&app, "GET", "/user/logout/", &ada.access, None).await.status, 200);

    let ada = again(&app, "Lovelace", "Notes1842", &ada.uuid).await;
    assert_eq!(call(&app, "DELETE", &own, &ada.access, None).await.status, 200);
    call(&app, "GET", &own, &root.access, None).await.is(404, NO_USER);
    assert_eq!(register(&app, "Lovelace", "01700000009").await.status, 200);
    let path = format!("/user/{}", zoe.uuid);
    assert_eq!(call(&app, "DELETE", &path, &root.access, None).await.status, 200);
    says(&log_in(&app, "Zoë%", PASSWORD).await, 404, "User not found.");
}

on_every_store!(story);
