//! Admin contract 2.2 and 2.3.

use std::collections::BTreeSet;

use serde_json::json;
use vestibule_tests::{TestApp, at_once};

use super::person::{PASSWORD, admin, email, log_in, member, unlimited, user};

const PATH: &str = "/api/v1/auth/signup";
const CREATED: &str = r#"{"message":"User account created successfully."}"#;

#[tokio::test]
async fn who_signs_up_can_log_in_at_once() {
    let app = unlimited().await;
    app.post(PATH, &user("ada")).await.is(201, CREATED);
    assert_eq!(log_in(&app, "ada").await.status, 200);
    assert_eq!(app.mails_to(&email("ada")).await, 0);
}

#[tokio::test]
async fn names_and_addresses_are_kept_in_small_letters() {
    let app = unlimited().await;
    for path in [PATH, "/api/v1/auth/admin/signup"] {
        let name = if path == PATH { "ADA" } else { "EVA" };
        let body = json!({"email": format!("{name}@Example.com"), "username": name, "password": PASSWORD});
        app.post(path, &body).await.is(201, CREATED);
        assert_eq!(log_in(&app, &name.to_lowercase()).await.status, 200);
    }
    let root = admin(&app, "root").await;
    let listed = root.get(&app, "/api/v1/auth/users?q=ADA").await;
    assert_eq!(listed.json()["data"][0]["username"], "ada");
}

#[tokio::test]
async fn a_taken_address_comes_before_a_taken_name() {
    let app = unlimited().await;
    app.post(PATH, &user("ada")).await.is(201, CREATED);
    for path in [PATH, "/api/v1/auth/admin/signup"] {
        app.post(path, &user("ada")).await.is(409, r#"{"detail":"User already exists with this email"}"#);
    }
}

#[tokio::test]
async fn five_distinct_free_names_are_suggested() {
    let app = unlimited().await;
    app.post(PATH, &user("ada")).await.is(201, CREATED);
    let body = json!({"email": email("other"), "username": "Ada", "password": PASSWORD});
    for path in [PATH, "/api/v1/auth/admin/signup"] {
        let refused = app.post(path, &body).await;
        assert_eq!(refused.status, 409);
        assert!(
            refused.body.starts_with(
                r#"{"detail":{"message":"User already exists with this username","suggested_usernames":["ada"#
            ),
            "{refused:?}"
        );
        let names = refused.json()["detail"]["suggested_usernames"].as_array().unwrap().clone();
        let distinct: BTreeSet<_> = names.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        assert_eq!((names.len(), distinct.len()), (5, 5));
        let free = distinct.first().unwrap();
        let body = json!({"email": format!("{free}@example.com"), "username": free, "password": PASSWORD});
        app.post(PATH, &body).await.is(201, CREATED);
    }
}

#[tokio::test]
async fn of_many_that_want_one_name_at_once_one_has_it() {
    let app = std::sync::Arc::new(unlimited().await);
    let answers = at_once(8, |number| {
        let app = app.clone();
        async move {
            let body =
                json!({"email": format!("{number}@example.com"), "username": "ada", "password": PASSWORD});
            app.post(PATH, &body).await.status
        }
    })
    .await;
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [201, 409].contains(status)), "{answers:?}");
}

#[tokio::test]
async fn every_faulty_field_is_told_in_order() {
    let app = unlimited().await;
    app.post(PATH, &json!({})).await.is(
        422,
        r#"{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{}},{"type":"missing","loc":["body","username"],"msg":"Field required","input":{}},{"type":"missing","loc":["body","password"],"msg":"Field required","input":{}}]}"#,
    );
    app.post(PATH, &json!({"email": "ada", "username": " ", "password": "12345"})).await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","email"],"msg":"value is not a valid email address: An email address must have an @-sign.","input":"ada","ctx":{"reason":"An email address must have an @-sign."}},{"type":"string_too_short","loc":["body","username"],"msg":"String should have at least 1 character","input":" ","ctx":{"min_length":1}},{"type":"string_too_short","loc":["body","password"],"msg":"String should have at least 6 characters","input":"***","ctx":{"min_length":6}}]}"#,
    );
    let long = "a".repeat(256);
    let answer = app.post(PATH, &json!({"email": email("a"), "username": long, "password": PASSWORD})).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(r#""type":"string_too_long","loc":["body","username"]"#), "{answer:?}");
}

#[tokio::test]
async fn a_password_has_1024_bytes_at_the_most() {
    let app = unlimited().await;
    let body =
        |length: usize| json!({"email": email("ada"), "username": "ada", "password": "x".repeat(length)});
    for path in [PATH, "/api/v1/auth/admin/signup"] {
        app.post(path, &body(1025)).await.is(
            422,
            r#"{"detail":[{"type":"string_too_long","loc":["body","password"],"msg":"String should have at most 1024 characters","input":"***","ctx":{"max_length":1024}}]}"#,
        );
    }
    app.post(PATH, &body(1024)).await.is(201, CREATED);
}

#[tokio::test]
async fn an_account_in_the_trash_keeps_its_address_and_name() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    root.trash(&app, &ada.id).await.is(204, "");
    app.post(PATH, &user("ada")).await.is(409, r#"{"detail":"User already exists with this email"}"#);
}

#[tokio::test]
async fn sign_ups_of_one_client_are_limited() {
    let app = TestApp::start().await;
    let mut last = 0;
    for _ in 0..201 {
        last = app.post(PATH, &json!({})).await.status;
    }
    assert_eq!(last, 429);
}
