//! Input that was made to break things: never a 5xx, never the words of a library, never a cause.

use serde_json::{Value, json};
use vestibule_infrastructure::faulty::{CAUSE, Fault};
use vestibule_tests::{Answer, TestApp};

use super::person::{EMAIL, add, call, contact, signed_in, unlimited};

const POSTS: [&str; 6] = [
    "/api/auth/signup",
    "/api/auth/login",
    "/api/auth/request_email",
    "/api/auth/reset_pwd",
    "/api/auth/reset_pwd/complete",
    "/api/contacts/",
];

fn is_clean(answer: &Answer) {
    let body = answer.body.to_lowercase();
    for word in ["panick", "serde", "sqlite", "sqlx", "sea_orm", "actix", "at line", "src/", CAUSE] {
        assert!(!body.contains(word), "{word} in {answer:?}");
    }
}

async fn send(app: &TestApp, path: &str, token: &str, content_type: &str, body: Vec<u8>) -> Answer {
    let request = app.request("POST", path).header("authorization", format!("Bearer {token}"));
    app.send(request.header("content-type", content_type).body(body)).await
}

#[tokio::test]
async fn wrong_types_nesting_and_encodings_do_no_harm() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let values = [json!(null), json!(true), json!(5), json!(1.5), json!([]), json!({}), json!([["x"]])];
    let keys = [
        "email",
        "username",
        "password",
        "token",
        "fullname",
        "phone_number",
        "birthday",
        "additional",
        "user_id",
        "avatar",
    ];
    let mut bodies: Vec<Vec<u8>> = values
        .iter()
        .map(|value| {
            let body: Value = keys
                .iter()
                .map(|key| ((*key).to_owned(), value.clone()))
                .collect::<serde_json::Map<_, _>>()
                .into();
            body.to_string().into_bytes()
        })
        .collect();
    bodies.extend([
        b"{".to_vec(),
        b"[]".to_vec(),
        Vec::new(),
        b"\xff\xfe\x00".to_vec(),
        [b"[".repeat(100_000), b"]".repeat(100_000)].concat(),
        b"{\"email\":\"a\\u0000@example.com\",\"fullname\":\"\\ud800\",\"phone_number\":1e999}".to_vec(),
    ]);
    for path in POSTS {
        for body in &bodies {
            for content_type in [
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
            ] {
                let answer = send(&app, path, &token, content_type, body.clone()).await;
                assert!((400..500).contains(&answer.status), "{path} {content_type}: {answer:?}");
                is_clean(&answer);
            }
        }
    }
}

#[tokio::test]
async fn a_password_of_a_mebibyte_is_refused_before_it_is_hashed() {
    let app = unlimited().await;
    let body = "username=a%40b.example&password=".to_owned() + &"x".repeat(1 << 20);
    let answer =
        send(&app, "/api/auth/login", "", "application/x-www-form-urlencoded", body.into_bytes()).await;
    answer.is_detail(413, "Request Entity Too Large");
}

#[tokio::test]
async fn searches_for_anything_are_searches() {
    let app = TestApp::on_sqlite().with("rate_limit.enabled", "false").start().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    add(&app, &token, &contact("Grace")).await;
    for text in [
        "%27%20OR%201=1%20--",
        "%00",
        "%FF%FE",
        "%F0%9F%A6%80",
        "..",
        "%2e%2e",
        "%5C",
        "*",
        &"x".repeat(4_000),
    ] {
        let answer = call(&app, "GET", &format!("/api/contacts/{text}"), &token, None).await;
        assert!([404, 200].contains(&answer.status), "{text}: {answer:?}");
        is_clean(&answer);
    }
}

#[tokio::test]
async fn no_5xx_shows_the_cause_of_the_store() {
    let app = unlimited().await;
    let (access, refresh) = signed_in(&app, EMAIL).await;
    let email_token = app.mailed_code(EMAIL).await;
    let body = contact("x");
    for fault in [Fault::Unexpected, Fault::Unavailable, Fault::Retryable] {
        // The session is known from here on. The answer is kept, and would be given without the store.
        call(&app, "GET", "/api/contacts/?skip=1", &access, None).await;
        app.faults.fail_everything(fault);
        let answers = [
            super::person::sign_up(&app, "eve@example.com").await,
            super::person::log_in(&app, EMAIL, "x").await,
            super::person::refresh(&app, &refresh).await,
            super::person::confirm(&app, &email_token).await,
            super::person::request_reset(&app, EMAIL).await,
            super::person::complete_reset(&app, "x", "Notes1842").await,
            app.post("/api/auth/request_email", &json!({"email": EMAIL})).await,
            call(&app, "GET", "/api/contacts/", &access, None).await,
            call(&app, "POST", "/api/contacts/", &access, Some(&body)).await,
            call(&app, "GET", "/api/contacts/bd", &access, None).await,
            call(&app, "GET", "/api/contacts/x", &access, None).await,
            call(&app, "PUT", "/api/contacts/1", &access, Some(&body)).await,
            call(&app, "DELETE", "/api/contacts/1", &access, None).await,
        ];
        for answer in &answers {
            assert!(answer.status >= 500, "{fault:?}: {answer:?}");
            is_clean(answer);
            assert!(!answer.header("x-request-id").is_empty());
            if answer.status == 500 {
                answer.is(500, "Internal Server Error");
                assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
            }
        }
        app.faults.heal();
    }
}
