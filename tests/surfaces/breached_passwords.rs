//! Passwords that are known from breaches, at each surface.

use serde_json::{Value, json};
use vestibule_tests::{TestApp, TestAppBuilder};

/// What surfaces made with `FastAPI` answer.
const INVALID: &str = r#"{"detail":[{"type":"value_error","loc":["body","password"],"msg":"Value error, Password must not be known from a breach.","input":"***","ctx":{"error":{}}}]}"#;
const THEATER: &str = "/api/v1/accounts/register/";

fn server() -> TestAppBuilder {
    TestApp::on_memory().with("rate_limit.enabled", "false")
}

fn of_theater(password: &str) -> Value {
    json!({"email": "theater@example.com", "password": password})
}

/// At each surface a registration with a password that is good by the published rules and known to everybody, and how it
/// is refused.
fn registrations() -> [(&'static str, Value, u16, &'static str); 5] {
    [
        (THEATER, of_theater("P@ssw0rd"), 422, INVALID),
        (
            "/api/auth/signup",
            json!({"username": "ada_l", "email": "contacts@example.com", "password": "password"}),
            422,
            INVALID,
        ),
        (
            "/api/v1/auth/signup",
            json!({"username": "ada", "email": "admin@example.com", "password": "123456"}),
            422,
            INVALID,
        ),
        (
            "/api/users/",
            json!({"username": "a", "email": "points@example.com", "password": "Password1", "phone_number": "1"}),
            400,
            r#"{"detail":"Invalid password structure"}"#,
        ),
        (
            "/user",
            json!({"username": "eve", "mobile": "01700000001", "password": "password"}),
            400,
            "{\"message\":\"The password is known from a breach.\"}\n",
        ),
    ]
}

#[tokio::test]
async fn each_surface_takes_what_its_original_takes_by_default() {
    let app = server().start().await;
    for (path, body, ..) in registrations() {
        let answer = app.post(path, &body).await;
        assert!([200, 201].contains(&answer.status), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn each_surface_refuses_in_its_own_words_where_everybody_is_meant() {
    let app = server().with("password.breached", "everyone").start().await;
    for (path, body, status, words) in registrations() {
        app.post(path, &body).await.is(status, words);
    }
    assert_eq!(app.post(THEATER, &of_theater("Analytical#1843")).await.status, 201);
}

#[tokio::test]
async fn without_its_service_a_new_password_is_refused_for_the_moment_or_accepted() {
    for (unreachable, status) in [("refuse", 503), ("accept", 201)] {
        let app = server()
            .with("password.breached", "everyone")
            // Nobody listens there.
            .with("password.breached_url", "http://127.0.0.1:1/range/")
            .with("password.breached_unreachable", unreachable)
            .start()
            .await;
        app.post(THEATER, &of_theater("P@ssw0rd")).await.is(422, INVALID);
        let answer = app.post(THEATER, &of_theater("Analytical#1843")).await;
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(answer.headers.contains_key("retry-after"), status == 503);
    }
}
