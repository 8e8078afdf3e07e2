//! A server with the console and the account pages, and the people who use them.

use serde_json::json;
use vestibule_application::accounts::{Administrator, InspectedAccount, NamedAccount};
use vestibule_tests::TestApp;

pub(crate) const PASSWORD: &str = "Engine1843";

pub(crate) fn email(name: &str) -> String {
    format!("{name}@example.com")
}

/// A server with both kinds of pages and without limits, and its administrator `root`.
pub(crate) async fn staffed() -> TestApp {
    let pages = TestApp::on_memory().with("console.enabled", "true").with("account_pages.enabled", "true");
    let app = pages.with("rate_limit.enabled", "false").start().await;
    sign_up(&app, "/api/v1/auth/admin/signup", "root").await;
    app
}

/// Signs somebody up.
pub(crate) async fn member(app: &TestApp, name: &str) {
    sign_up(app, "/api/v1/auth/signup", name).await;
}

async fn sign_up(app: &TestApp, path: &str, name: &str) {
    let body = json!({"email": email(name), "username": name, "password": PASSWORD});
    let signed_up = app.post(path, &body).await;
    assert_eq!(signed_up.status, 201, "{signed_up:?}");
}

/// Opens a session with a device at the surface `admin`, and answers its access token.
pub(crate) async fn log_in(app: &TestApp, name: &str, device: &str) -> String {
    let body = json!({"email": email(name), "password": PASSWORD});
    let request = app.request("POST", "/api/v1/auth/login").header("content-type", "application/json");
    let session = app.send(request.header("user-agent", device).body(body.to_string())).await;
    assert_eq!(session.status, 200, "{session:?}");
    session.text("access_token")
}

/// What an administrator sees of an account.
pub(crate) async fn inspected(app: &TestApp, name: &str) -> InspectedAccount {
    let named = NamedAccount::parse(&email(name)).unwrap();
    app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap()
}

/// The page of an account.
pub(crate) async fn page_of(app: &TestApp, name: &str) -> String {
    format!("/console/users/{}", inspected(app, name).await.account.uuid.0)
}
