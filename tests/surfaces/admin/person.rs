//! People of this surface.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

pub(crate) const PASSWORD: &str = "Engine1843";
/// When everything happens in a test that does not move the clock.
pub(crate) const NOW: &str = "2026-01-02T03:04:05.678901";

/// Somebody who is signed in.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) refresh: String,
}

/// A server without limits.
pub(crate) async fn unlimited() -> TestApp {
    TestApp::on_memory().with("rate_limit.enabled", "false").start().await
}

pub(crate) fn email(name: &str) -> String {
    format!("{name}@example.com")
}

pub(crate) fn user(name: &str) -> Value {
    json!({"email": email(name), "username": name, "password": PASSWORD})
}

pub(crate) async fn log_in(app: &TestApp, name: &str) -> Answer {
    app.post("/api/v1/auth/login", &json!({"email": email(name), "password": PASSWORD})).await
}

/// Logs in from a device of this name.
pub(crate) async fn log_in_from(app: &TestApp, name: &str, device: &str) {
    let login = app.request("POST", "/api/v1/auth/login").header("user-agent", device);
    let login = login.header("content-type", "application/json");
    let login = login.body(json!({"email": email(name), "password": PASSWORD}).to_string());
    assert_eq!(app.send(login).await.status, 200);
}

async fn signed_in(app: &TestApp, name: &str) -> Person {
    let session = log_in(app, name).await;
    assert_eq!(session.status, 200, "{session:?}");
    let token = session.text("access_token");
    let payload = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    Person { id: claims["sub"].as_str().unwrap().to_owned(), token, refresh: session.text("refresh_token") }
}

/// Signs up and logs in.
pub(crate) async fn member(app: &TestApp, name: &str) -> Person {
    let signed_up = app.post("/api/v1/auth/signup", &user(name)).await;
    assert_eq!(signed_up.status, 201, "{signed_up:?}");
    signed_in(app, name).await
}

/// Likewise as an administrator, through the open door.
pub(crate) async fn admin(app: &TestApp, name: &str) -> Person {
    let signed_up = app.post("/api/v1/auth/admin/signup", &user(name)).await;
    assert_eq!(signed_up.status, 201, "{signed_up:?}");
    signed_in(app, name).await
}

impl Person {
    /// Calls with the access token.
    pub(crate) async fn call(&self, app: &TestApp, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let request = app.request(method, path).header("authorization", format!("Bearer {}", self.token));
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        app.send(request).await
    }

    pub(crate) async fn get(&self, app: &TestApp, path: &str) -> Answer {
        self.call(app, "GET", path, None).await
    }

    /// Moves an account into the trash.
    pub(crate) async fn trash(&self, app: &TestApp, id: &str) -> Answer {
        self.call(app, "DELETE", &format!("/api/v1/auth/users/{id}?reason=left"), None).await
    }
}

pub(crate) fn user_path(id: &str) -> String {
    format!("/api/v1/auth/users/{id}")
}
