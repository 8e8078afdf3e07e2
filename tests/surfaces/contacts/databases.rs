//! The same story on every store.

use serde_json::json;
use vestibule_tests::{TestAppBuilder, on_every_store};

use super::person::{
    EMAIL, PASSWORD, add, call, complete_reset, confirm, contact, log_in, refresh, request_reset, sign_up,
};

/// What a client of the published contract does.
async fn story(app: TestAppBuilder) {
    let app = app.with("rate_limit.enabled", "false").start().await;
    assert_eq!(sign_up(&app, EMAIL).await.status, 201);
    sign_up(&app, EMAIL).await.is_detail(409, "Already exists");
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(confirm(&app, &token).await.status, 200);
    let session = log_in(&app, EMAIL, PASSWORD).await;
    let access = session.text("access_token");

    let first = add(&app, &access, &contact("Grace Hopper")).await;
    let mut other = contact("Олена");
    other["birthday"] = json!("1990-01-05");
    let second = add(&app, &access, &other).await;
    let listed = call(&app, "GET", "/api/contacts/?skip=1", &access, None).await.json();
    assert_eq!((listed[0]["id"].as_i64(), listed[1].is_null()), (Some(second), true));
    let found = call(&app, "GET", "/api/contacts/GRACE", &access, None).await.json();
    assert_eq!(found["id"].as_i64(), Some(first));
    let soon = call(&app, "GET", "/api/contacts/bd", &access, None).await.json();
    assert_eq!((soon[0]["id"].as_i64(), soon[1].is_null()), (Some(second), true));
    let path = format!("/api/contacts/{second}");
    let changed = call(&app, "PUT", &path, &access, Some(&contact("Olena"))).await.json();
    assert_eq!(changed["fullname"], "Olena");
    assert_eq!(call(&app, "DELETE", &path, &access, None).await.status, 200);
    assert_eq!(call(&app, "GET", "/api/contacts/Olena", &access, None).await.status, 404);

    let refreshed = refresh(&app, &session.text("refresh_token")).await;
    assert_eq!(refreshed.status, 200);
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(complete_reset(&app, &token, "Notes1842").await.status, 200);
    assert_eq!(refresh(&app, &refreshed.text("refresh_token")).await.status, 401);
    assert_eq!(log_in(&app, EMAIL, "Notes1842").await.status, 200);
}

on_every_store!(story);
