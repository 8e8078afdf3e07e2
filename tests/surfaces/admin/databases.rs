//! The same story on every store.

use serde_json::json;
use vestibule_tests::{TestAppBuilder, on_every_store};

use super::person::{admin, log_in, member, user, user_path};

/// From sign-up to the end of an account.
async fn story(app: TestAppBuilder) {
    let app = app.with("rate_limit.enabled", "false").start().await;
    let root = admin(&app, "root").await;
    let ada = member(&app, "ada").await;
    assert_eq!(app.post("/api/v1/auth/signup", &user("ada")).await.status, 409);

    let edited = ada.call(&app, "PUT", &user_path(&ada.id), Some(&json!({"username": "Countess Ä"}))).await;
    assert_eq!((edited.status, edited.text("username")), (200, "countess ä".to_owned()));
    let found = root.get(&app, "/api/v1/auth/users?q=SS%20%C3%84").await.json();
    assert_eq!((&found["total"], &found["data"][0]["id"]), (&json!(1), &json!(ada.id)));
    assert_eq!(root.get(&app, "/api/v1/auth/users").await.json()["total"], 2);

    assert_eq!(ada.get(&app, "/api/v1/auth/users").await.status, 403);
    root.trash(&app, &root.id).await.is(400, r#"{"detail":"The last admin cannot be removed"}"#);
    root.trash(&app, &ada.id).await.is(204, "");
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 401);
    assert_eq!(root.get(&app, "/api/v1/auth/users").await.json()["total"], 1);
    assert_eq!(root.get(&app, "/api/v1/trash/").await.json()["data"][0]["reason"], "left");
    let restore = format!("/api/v1/trash/restore/{}", ada.id);
    assert_eq!(root.call(&app, "PUT", &restore, None).await.status, 200);
    assert_eq!(log_in(&app, "ada").await.status, 200);

    let bulk = json!({"ids": [ada.id, "x"], "reason": ""});
    let trashed = root.call(&app, "POST", "/api/v1/trash/bulk-delete", Some(&bulk)).await;
    trashed.is(200, &format!(r#"{{"alredy_deleted_user":["x"],"deleted_now":["{}"]}}"#, ada.id));
    let gone = format!("/api/v1/trash/permanent/delete/{}", ada.id);
    root.call(&app, "DELETE", &gone, None).await.is(204, "");
    assert_eq!(root.call(&app, "PUT", &restore, None).await.status, 404);
    assert_eq!(app.post("/api/v1/auth/signup", &user("ada")).await.status, 201);
}

on_every_store!(story);
