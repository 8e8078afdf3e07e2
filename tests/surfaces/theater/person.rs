//! What people do at this surface.

use serde_json::json;
use vestibule_tests::{Answer, TestApp};

pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "Analytical#1843";

pub(crate) async fn register(app: &TestApp, email: &str) -> Answer {
    app.post("/api/v1/accounts/register/", &json!({"email": email, "password": PASSWORD})).await
}

pub(crate) async fn activate(app: &TestApp, email: &str, token: &str) -> Answer {
    app.post("/api/v1/accounts/activate/", &json!({"email": email, "token": token})).await
}

pub(crate) async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post("/api/v1/accounts/login/", &json!({"email": email, "password": password})).await
}

pub(crate) async fn refresh(app: &TestApp, token: &str) -> Answer {
    app.post("/api/v1/accounts/refresh/", &json!({"refresh_token": token})).await
}

pub(crate) async fn request_reset(app: &TestApp, email: &str) -> Answer {
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": email})).await
}

pub(crate) async fn complete_reset(app: &TestApp, email: &str, token: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password, "token": token});
    app.post("/api/v1/accounts/reset-password/complete/", &body).await
}

/// Registers and activates.
pub(crate) async fn member(app: &TestApp, email: &str) {
    assert_eq!(register(app, email).await.status, 201);
    let token = app.mailed_code(email).await;
    assert_eq!(activate(app, email, &token).await.status, 200);
}

/// Registers, activates and logs in; answers the access and the refresh token.
pub(crate) async fn signed_in(app: &TestApp, email: &str) -> (String, String) {
    member(app, email).await;
    let answer = log_in(app, email, PASSWORD).await;
    assert_eq!(answer.status, 201);
    (answer.text("access_token"), answer.text("refresh_token"))
}
