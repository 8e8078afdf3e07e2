//! The door `admin_signup` (decision 4).

use vestibule_tests::TestApp;

use super::person::{PASSWORD, email, log_in, user};
use vestibule_application::accounts::{Administrator, CreateAdminInput};
use vestibule_domain::accounts::{EmailAddress, PasswordPolicy};

const PATH: &str = "/api/v1/auth/admin/signup";

async fn closed() -> TestApp {
    TestApp::on_memory().with("rate_limit.enabled", "false").with("doors.admin_signup", "false").start().await
}

/// The first administrator, from the command line.
async fn create_admin(app: &TestApp, name: &str) {
    let policy = PasswordPolicy {
        min_chars: 6,
        max_chars: None,
        uppercase: false,
        lowercase: false,
        digit: false,
        special: None,
    };
    let input = CreateAdminInput {
        administrator: Administrator::operator(),
        email: EmailAddress::parse(&email(name)).unwrap(),
        username: None,
        password: policy.check(PASSWORD).unwrap(),
    };
    app.services.create_admin.execute(input).await.unwrap();
}

async fn sign_up(app: &TestApp, token: Option<&str>, name: &str) -> vestibule_tests::Answer {
    let request = app.request("POST", PATH).header("content-type", "application/json");
    let request = match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    };
    app.send(request.body(user(name).to_string())).await
}

#[tokio::test]
async fn while_it_is_open_no_token_is_looked_at() {
    let app = TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    sign_up(&app, None, "root").await.is(201, r#"{"message":"User account created successfully."}"#);
    assert_eq!(sign_up(&app, Some("garbage"), "second").await.status, 201);
}

#[tokio::test]
async fn while_it_is_closed_administrators_alone_appoint() {
    let app = closed().await;
    sign_up(&app, None, "eve").await.is(401, r#"{"detail":"Not authenticated"}"#);
    sign_up(&app, Some("garbage"), "eve").await.is(401, r#"{"detail":"Not a valid token "}"#);
    app.post("/api/v1/auth/signup", &user("ada")).await;
    let ada = log_in(&app, "ada").await.text("access_token");
    let refused = sign_up(&app, Some(&ada), "eve").await;
    refused.is(403, r#"{"detail":"You don't have access to perform this action"}"#);
    create_admin(&app, "root").await;
    let root = log_in(&app, "root").await.text("access_token");
    assert_eq!(sign_up(&app, Some(&root), "second").await.status, 201);
    assert_eq!(log_in(&app, "eve").await.status, 401);
}
