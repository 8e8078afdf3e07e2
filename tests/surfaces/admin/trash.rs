//! Admin contract 2.9 to 2.13, decisions 7 and 9.

use std::time::Duration;

use serde_json::json;

use super::person::{NOW, PASSWORD, admin, email, log_in, member, unlimited, user, user_path};

const FORBIDDEN: &str = r#"{"detail":"You don't have access to perform this action"}"#;
const UNKNOWN: &str = r#"{"detail":"User not found"}"#;
const LAST: &str = r#"{"detail":"The last admin cannot be removed"}"#;

#[tokio::test]
async fn an_account_is_trashed_listed_and_restored() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let path = format!("{}?reason=asked%20for%20it", user_path(&ada.id));
    root.call(&app, "DELETE", &path, None).await.is(204, "");
    root.call(&app, "DELETE", &path, None).await.is(400, r#"{"detail":"Alredy Deleted"}"#);
    log_in(&app, "ada").await.is(401, r#"{"detail":"Incorrect email or password"}"#);

    let listed = format!(
        r#"{{"total":1,"has_previous":null,"has_next":null,"data":[{{"id":"1","user_id":"{}","deleted_by":"{}","deleted_at":"{NOW}","reason":"asked for it"}}]}}"#,
        ada.id, root.id
    );
    for path in ["/api/v1/trash/", "/api/v1/trash"] {
        root.get(&app, path).await.is(200, &listed);
    }

    let restore = format!("/api/v1/trash/restore/{}", ada.id);
    root.call(&app, "PUT", &restore, None).await.is(
        200,
        &format!(
            r#"{{"email":"ada@example.com","username":"ada","created_at":"{NOW}","role":"regular","is_deleted":false,"updated_at":null,"id":"{}"}}"#,
            ada.id
        ),
    );
    let again = root.call(&app, "PUT", &restore, None).await;
    again.is(400, r#"{"detail":"You are Trying to restore a non deleted user"}"#);
    // The login is back; the tokens from before are not.
    assert_eq!(log_in(&app, "ada").await.status, 200);
    ada.get(&app, &user_path(&ada.id)).await.is(401, r#"{"detail":"Not a valid token "}"#);
    assert_eq!(root.get(&app, "/api/v1/trash/").await.json()["total"], 0);
}

#[tokio::test]
async fn a_reason_of_any_length_is_kept_in_its_beginning() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let path = format!("{}?reason={}", user_path(&ada.id), "x".repeat(3000));
    root.call(&app, "DELETE", &path, None).await.is(204, "");
    let trash = root.get(&app, "/api/v1/trash/").await.json();
    assert_eq!(trash["data"][0]["reason"], "x".repeat(1000));
}

#[tokio::test]
async fn a_restored_account_shows_who_edited_it() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    app.clock.advance(Duration::from_secs(1));
    root.call(&app, "PUT", &user_path(&ada.id), Some(&json!({"username": "eva"}))).await;
    root.trash(&app, &ada.id).await.is(204, "");
    let restored = root.call(&app, "PUT", &format!("/api/v1/trash/restore/{}", ada.id), None).await;
    restored.is(
        200,
        &format!(
            r#"{{"email":"ada@example.com","username":"eva","created_at":"{NOW}","role":"regular","is_deleted":false,"updated_at":"2026-01-02T03:04:06.678901","updated_by":"{}","id":"{}"}}"#,
            root.id, ada.id
        ),
    );
}

#[tokio::test]
async fn an_owner_may_leave_and_nobody_else() {
    let app = unlimited().await;
    let (root, ada, eva) = (admin(&app, "root").await, member(&app, "ada").await, member(&app, "eva").await);
    for id in [eva.id.as_str(), root.id.as_str(), "1"] {
        ada.trash(&app, id).await.is(403, FORBIDDEN);
    }
    let missing = ada.call(&app, "DELETE", &user_path(&ada.id), None).await;
    missing.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["query","reason"],"msg":"Field required","input":null}]}"#,
    );
    let empty = ada.call(&app, "DELETE", &format!("{}?reason=", user_path(&ada.id)), None).await;
    empty.is(204, "");
    root.trash(&app, "1").await.is(404, UNKNOWN);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    root.trash(&app, &root.id).await.is(400, LAST);
    let body = json!({"ids": [root.id], "reason": "x"});
    root.call(&app, "POST", "/api/v1/trash/bulk-delete", Some(&body)).await.is(400, LAST);
    let second = admin(&app, "second").await;
    second.trash(&app, &root.id).await.is(204, "");
    second.trash(&app, &second.id).await.is(400, LAST);
}

#[tokio::test]
async fn removing_for_good_frees_address_and_name() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let path = format!("/api/v1/trash/permanent/delete/{}", ada.id);
    let nothing = r#"{"detail":"You are Trying to permanently delete a user who is alredy deleted or not soft deleted"}"#;
    root.call(&app, "DELETE", &path, None).await.is(400, nothing);
    root.trash(&app, &ada.id).await.is(204, "");
    root.call(&app, "DELETE", &path, None).await.is(204, "");
    root.call(&app, "DELETE", &path, None).await.is(400, nothing);
    root.call(&app, "DELETE", "/api/v1/trash/permanent/delete/1", None).await.is(400, nothing);
    let restore = root.call(&app, "PUT", &format!("/api/v1/trash/restore/{}", ada.id), None).await;
    restore.is(404, UNKNOWN);
    assert_eq!(app.post("/api/v1/auth/signup", &user("ada")).await.status, 201);
}

#[tokio::test]
async fn only_administrators_reach_the_trash() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    for (method, path) in [
        ("GET", "/api/v1/trash/".to_owned()),
        ("PUT", format!("/api/v1/trash/restore/{}", root.id)),
        ("DELETE", format!("/api/v1/trash/permanent/delete/{}", root.id)),
        ("DELETE", "/api/v1/trash/permanent/delete/1".to_owned()),
    ] {
        ada.call(&app, method, &path, None).await.is(403, FORBIDDEN);
        app.send(app.request(method, &path)).await.is(401, r#"{"detail":"Not authenticated"}"#);
    }
    let body = json!({"ids": [], "reason": ""});
    ada.call(&app, "POST", "/api/v1/trash/bulk-delete", Some(&body)).await.is(403, FORBIDDEN);
    root.call(&app, "PUT", "/api/v1/trash/restore/1", None).await.is(404, UNKNOWN);
    let page = root.get(&app, "/api/v1/trash/?per_page=21").await;
    assert!(page.status == 422 && page.body.contains("less than or equal to 20"), "{page:?}");
}

#[tokio::test]
async fn the_trash_is_shut_to_every_surface() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    // Registered at another surface, in the trash of this one.
    let body = json!({"email": email("eva"), "password": "Analytical#1843"});
    app.post("/api/v1/accounts/register/", &body).await;
    let code = app.mailed_code(&email("eva")).await;
    app.post("/api/v1/accounts/activate/", &json!({"email": email("eva"), "token": code})).await;
    let login = app.post("/api/v1/accounts/login/", &body).await;
    assert_eq!(login.status, 201, "{login:?}");
    let id = root.get(&app, "/api/v1/auth/users").await.json()["data"][1]["id"].as_str().unwrap().to_owned();
    root.trash(&app, &id).await.is(204, "");
    let refresh = json!({"refresh_token": login.text("refresh_token")});
    assert_eq!(app.post("/api/v1/accounts/refresh/", &refresh).await.status, 401);
    assert!(app.services.verify_access.execute(&login.text("access_token")).await.is_err());
    assert_eq!(app.post("/api/v1/accounts/login/", &body).await.status, 401);
    let other = json!({"email": email("eva"), "password": PASSWORD});
    assert_eq!(app.post("/api/v1/auth/login", &other).await.status, 401);
}
