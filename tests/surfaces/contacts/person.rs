//! What people do at this surface.

use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const NAME: &str = "ada_l";
pub(crate) const PASSWORD: &str = "Engine1843";

/// A server without limits, for stories of more than two steps a minute.
pub(crate) async fn unlimited() -> TestApp {
    TestApp::on_memory().with("rate_limit.enabled", "false").start().await
}

pub(crate) async fn sign_up(app: &TestApp, email: &str) -> Answer {
    let body = json!({"username": NAME, "password": PASSWORD, "email": email});
    app.post("/api/auth/signup", &body).await
}

pub(crate) async fn confirm(app: &TestApp, token: &str) -> Answer {
    app.get(&format!("/api/email/confirm/{token}")).await
}

/// Sends a form of these pairs, which need no escaping but `@`.
pub(crate) async fn form(app: &TestApp, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = pairs.iter().map(|(name, value)| format!("{name}={}", value.replace('@', "%40")));
    let body = body.collect::<Vec<_>>().join("&");
    let request = app.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
    app.send(request.body(body)).await
}

pub(crate) async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    form(app, "/api/auth/login", &[("username", email), ("password", password)]).await
}

pub(crate) async fn refresh(app: &TestApp, token: &str) -> Answer {
    call(app, "GET", "/api/auth/refresh_token", token, None).await
}

pub(crate) async fn request_reset(app: &TestApp, email: &str) -> Answer {
    app.post("/api/auth/reset_pwd", &json!({"email": email})).await
}

pub(crate) async fn complete_reset(app: &TestApp, token: &str, password: &str) -> Answer {
    app.post("/api/auth/reset_pwd/complete", &json!({"token": token, "password": password})).await
}

/// Signs up and confirms.
pub(crate) async fn member(app: &TestApp, email: &str) {
    assert_eq!(sign_up(app, email).await.status, 201);
    let token = app.mailed_code(email).await;
    assert_eq!(confirm(app, &token).await.status, 200);
}

/// Signs up, confirms and logs in; answers the access and the refresh token.
pub(crate) async fn signed_in(app: &TestApp, email: &str) -> (String, String) {
    member(app, email).await;
    let answer = log_in(app, email, PASSWORD).await;
    assert_eq!(answer.status, 200);
    (answer.text("access_token"), answer.text("refresh_token"))
}

/// A call with a token.
pub(crate) async fn call(
    app: &TestApp,
    method: &str,
    path: &str,
    token: &str,
    body: Option<&Value>,
) -> Answer {
    let mut request = app.request(method, path).header("authorization", format!("Bearer {token}"));
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    app.send(request).await
}

/// A contact of this name, as clients send it.
pub(crate) fn contact(name: &str) -> Value {
    json!({
        "fullname": name, "email": "grace@example.com", "phone_number": 380_501_234_567_i64,
        "birthday": "1906-12-09", "additional": "Compilers", "user_id": 0, "avatar": "https://x.example/g.png",
    })
}

/// Adds a contact and answers its id.
pub(crate) async fn add(app: &TestApp, token: &str, body: &Value) -> i64 {
    let answer = call(app, "POST", "/api/contacts/", token, Some(body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["id"].as_i64().unwrap()
}
