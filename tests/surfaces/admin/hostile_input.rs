//! Input that was made to break things.

use serde_json::{Value, json};
use vestibule_infrastructure::faulty::{CAUSE, Fault};
use vestibule_tests::Answer;

use super::person::{admin, member, unlimited, user, user_path};

fn is_clean(answer: &Answer) {
    let body = answer.body.to_lowercase();
    for word in ["panick", "serde", "sqlite", "sqlx", "sea_orm", "actix", "at line", "src/", CAUSE] {
        assert!(!body.contains(word), "{word} in {answer:?}");
    }
}

#[tokio::test]
async fn wrong_types_do_no_harm() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let values = [
        json!(null),
        json!(true),
        json!(5),
        json!(1.5),
        json!([]),
        json!({}),
        json!([["x"]]),
        json!("\u{0}"),
    ];
    for value in values {
        for (method, path) in [
            ("POST", "/api/v1/auth/signup".to_owned()),
            ("POST", "/api/v1/auth/admin/signup".to_owned()),
            ("POST", "/api/v1/auth/login".to_owned()),
            ("POST", "/api/v1/refresh/".to_owned()),
            ("POST", "/api/v1/trash/bulk-delete".to_owned()),
            ("PUT", user_path(&ada.id)),
        ] {
            let keys = ["email", "username", "password", "refresh_token", "ids", "reason"];
            let all: Value = keys.iter().map(|key| ((*key).to_owned(), value.clone())).collect();
            for body in [all, value.clone()] {
                let answer = root.call(&app, method, &path, Some(&body)).await;
                assert!(answer.status < 500, "{path} {body} {answer:?}");
                is_clean(&answer);
            }
        }
    }
}

#[tokio::test]
async fn a_failure_tells_nothing() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    app.faults.fail_call(1, Fault::Unexpected);
    let answer = root.get(&app, "/api/v1/auth/users").await;
    answer.is(500, r#"{"detail":"An unexpected error occurred"}"#);
    app.faults.fail_call(1, Fault::Unexpected);
    let answer = app.post("/api/v1/auth/signup", &user("eva")).await;
    assert_eq!(answer.status, 500);
    is_clean(&answer);
}

#[tokio::test]
async fn no_answer_repeats_a_password() {
    let app = unlimited().await;
    let secret = "correct horse battery";
    for body in [
        json!({"email": "x", "username": "y", "password": secret}),
        json!({"email": 1, "password": secret}),
        json!([secret]),
        json!(secret),
    ] {
        for path in ["/api/v1/auth/signup", "/api/v1/auth/login", "/api/v1/auth/admin/signup"] {
            let answer = app.post(path, &body).await;
            assert!(answer.status == 422 && !answer.body.contains(secret), "{path} {answer:?}");
        }
    }
}
