//! Admin contract 2.8, decision 8.

use std::time::Duration;

use serde_json::{Value, json};

use super::person::{NOW, admin, email, member, unlimited, user_path};

const FORBIDDEN: &str = r#"{"detail":"You don't have access to perform this action"}"#;

#[tokio::test]
async fn an_owner_changes_address_and_name() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    app.clock.advance(Duration::from_mins(1));
    let body =
        json!({"email": "Countess@Example.org", "username": "Countess", "role": "admin", "password": "x"});
    ada.call(&app, "PUT", &user_path(&ada.id), Some(&body)).await.is(
        200,
        &format!(
            r#"{{"id":"{0}","email":"countess@example.org","role":"regular","username":"countess","created_at":"{NOW}","updated_at":"2026-01-02T03:05:05.678901","is_deleted":false,"updated_by":"{0}"}}"#,
            ada.id
        ),
    );
    let log_in = json!({"email": "countess@example.org", "password": super::person::PASSWORD});
    assert_eq!(app.post("/api/v1/auth/login", &log_in).await.status, 200);
}

#[tokio::test]
async fn one_value_leaves_the_other_and_ones_own_is_no_conflict() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    for body in [
        json!({"username": "ada"}),
        json!({"email": email("ada"), "username": null}),
        json!({"email": null, "username": "ADA"}),
        json!({"email": email("ada"), "username": 0}),
    ] {
        let answer = root.call(&app, "PUT", &user_path(&ada.id), Some(&body)).await;
        if body["username"] == 0 {
            assert!(answer.status == 422 && answer.body.contains("string_type"), "{answer:?}");
            continue;
        }
        assert_eq!(answer.status, 200, "{body} {answer:?}");
        let shown = answer.json();
        assert_eq!((&shown["email"], &shown["username"]), (&json!("ada@example.com"), &json!("ada")));
        assert_eq!(shown["updated_by"], json!(root.id));
    }
}

#[tokio::test]
async fn what_others_have_is_a_conflict() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let change = async |body: Value| ada.call(&app, "PUT", &user_path(&ada.id), Some(&body)).await;
    change(json!({"email": email("root")})).await.is(409, r#"{"detail":"Email Alredy Exists"}"#);
    change(json!({"username": "ROOT"})).await.is(409, r#"{"detail":"Username Alredy Exists"}"#);
    change(json!({"email": email("root"), "username": "root"}))
        .await
        .is(409, r#"{"detail":"Email Alredy Exists"}"#);
    // Who may not, learns of no conflict.
    let body = json!({"email": email("ada")});
    ada.call(&app, "PUT", &user_path(&root.id), Some(&body)).await.is(403, FORBIDDEN);
    ada.call(&app, "PUT", &user_path("1"), Some(&body)).await.is(403, FORBIDDEN);
    root.call(&app, "PUT", &user_path("1"), Some(&body)).await.is(404, r#"{"detail":"User not found"}"#);
}

#[tokio::test]
async fn at_least_one_value_is_needed() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    for body in [
        json!({}),
        json!({"email": null, "username": null}),
        json!({"email": "", "username": ""}),
        json!({"username": 0}),
        json!({"username": false}),
    ] {
        ada.call(&app, "PUT", &user_path(&ada.id), Some(&body)).await.is(
            422,
            &format!(
                r#"{{"detail":[{{"type":"value_error","loc":["body"],"msg":"Value error, At least one of 'email' or 'username' must be provided.","input":{body},"ctx":{{"error":{{}}}}}}]}}"#
            ),
        );
    }
}

#[tokio::test]
async fn empty_blank_and_long_values_are_refused() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    for (body, kind, place) in [
        (json!({"email": "", "username": "x"}), "value_error", "email"),
        (json!({"email": email("x"), "username": ""}), "string_too_short", "username"),
        (json!({"username": "   "}), "string_too_short", "username"),
        (json!({"username": "x".repeat(256)}), "string_too_long", "username"),
        (json!({"email": 5}), "string_type", "email"),
    ] {
        let answer = ada.call(&app, "PUT", &user_path(&ada.id), Some(&body)).await;
        let expected = format!(r#"{{"detail":[{{"type":"{kind}","loc":["body","{place}"]"#);
        assert!(answer.status == 422 && answer.body.starts_with(&expected), "{body} {answer:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_object_is_told() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    let put = async |content_type: Option<&str>, body: &'static str| {
        let request =
            app.request("PUT", &user_path(&ada.id)).header("authorization", format!("Bearer {}", ada.token));
        let request = match content_type {
            Some(content_type) => request.header("content-type", content_type),
            None => request,
        };
        app.send(request.body(body)).await
    };
    for body in ["", "null"] {
        put(Some("application/json"), body)
            .await
            .is(422, r#"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"#);
    }
    put(Some("application/json"), "[1]").await.is(
        422,
        r#"{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1]}]}"#,
    );
    // Without a content type it is JSON, and broken JSON is told before the token is looked at.
    assert_eq!(put(None, r#"{"username":"new"}"#).await.status, 200);
    let broken = app.send(app.request("PUT", &user_path("1")).body("{")).await;
    broken.is(
        422,
        r#"{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}"#,
    );
}
