//! What people do at this surface.

use serde_json::{Value, json};
use vestibule_domain::accounts::{Role, Username};
use vestibule_tests::{Answer, FixedClock, TestApp, TestAppBuilder};

pub(crate) const NAME: &str = "ada";
pub(crate) const MOBILE: &str = "01700000001";
pub(crate) const PASSWORD: &str = "Engine1843";
pub(crate) const NO_USER: &str = "{\"message\":\"User not found.\"}\n";
pub(crate) const UNAUTHORIZED: &str = "{\"message\":\"Unauthorized access!\"}\n";

/// A server without limits, for stories of many steps a minute.
pub(crate) fn unlimited() -> TestAppBuilder {
    TestApp::on_memory().with("rate_limit.enabled", "false")
}

/// Likewise, with closed doors.
pub(crate) fn hardened() -> TestAppBuilder {
    unlimited().with("posture", "hardened")
}

pub(crate) async fn register(app: &TestApp, name: &str, mobile: &str) -> Answer {
    app.post("/user", &json!({"username": name, "mobile": mobile, "password": PASSWORD})).await
}

pub(crate) async fn activate(app: &TestApp, mobile: &str, code: Option<&str>) -> Answer {
    let body = match code {
        Some(code) => json!({"mobile": mobile, "code": code}),
        None => json!({"mobile": mobile}),
    };
    app.post("/user/activate-account/", &body).await
}

pub(crate) async fn log_in(app: &TestApp, name: &str, password: &str) -> Answer {
    app.post("/user/login", &json!({"username": name, "password": password})).await
}

/// Somebody who is signed in.
pub(crate) struct Person {
    pub uuid: String,
    pub access: String,
    pub refresh: String,
}

/// Registers, activates by the code that was sent, and logs in.
pub(crate) async fn signed_in(app: &TestApp, name: &str, mobile: &str) -> Person {
    let registered = register(app, name, mobile).await;
    assert_eq!(registered.status, 200, "{registered:?}");
    let code = app.mailed_code(mobile).await;
    assert_eq!(activate(app, mobile, Some(&code)).await.status, 200);
    again(app, name, PASSWORD, registered.json()["data"]["uuid"].as_str().unwrap()).await
}

/// Logs in once more.
pub(crate) async fn again(app: &TestApp, name: &str, password: &str, uuid: &str) -> Person {
    let answer = log_in(app, name, password).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    Person {
        uuid: uuid.to_owned(),
        access: answer.text("access_token"),
        refresh: answer.text("refresh_token"),
    }
}

/// An administrator who is signed in.
pub(crate) async fn administrator(app: &TestApp) -> Person {
    let root = signed_in(app, "root", "01799999999").await;
    let mut repositories = app.deps.store.repositories();
    let name = Username::parse("root").unwrap();
    let account = repositories.accounts().by_username(&name).await.unwrap().unwrap();
    repositories.accounts().set_role(account.id, Role::Admin, FixedClock::START).await.unwrap();
    again(app, "root", PASSWORD, &root.uuid).await
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

/// A user as it is answered.
pub(crate) fn user(mobile: &str, status: bool, name: &str, uuid: &str) -> String {
    format!(r#"{{"mobile":"{mobile}","status":{status},"username":"{name}","uuid":"{uuid}"}}"#)
}

/// The answer with one user.
pub(crate) fn success(user: &str) -> String {
    format!("{{\"data\":{user},\"message\":\"Success!\",\"status\":200}}\n")
}

#[track_caller]
pub(crate) fn says(answer: &Answer, status: u16, text: &str) {
    answer.is(status, &format!("{{\"message\":\"{text}\"}}\n"));
    assert_eq!(answer.header("content-type"), "application/json");
}

#[track_caller]
pub(crate) fn says_msg(answer: &Answer, status: u16, text: &str) {
    answer.is(status, &format!("{{\"msg\":\"{text}\"}}\n"));
    assert_eq!(answer.header("content-type"), "application/json");
}
