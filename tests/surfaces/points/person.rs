//! What people do at this surface.

use vestibule_domain::accounts::{EmailAddress, Role};
use vestibule_tests::{Answer, FixedClock, TestApp};

pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const NAME: &str = "Ada";
pub(crate) const PASSWORD: &str = "Analytical1843";
pub(crate) const NEW_PASSWORD: &str = "Difference1822";
pub(crate) const PHONE: &str = "+33 1 23 45";

pub(crate) const ADD: &str = "/api/users/points/add";
pub(crate) const DEDUCT: &str = "/api/users/points/deduct";
pub(crate) const CHANGE_PASSWORD: &str = "/api/users/change-password";
pub(crate) const SEND_CODE: &str = "/api/email/send-verification-code";
pub(crate) const VERIFY_CODE: &str = "/api/email/verify-code";

/// A server without limits, for stories of more than a few steps a minute.
pub(crate) async fn unlimited() -> TestApp {
    TestApp::on_memory().with("rate_limit.enabled", "false").start().await
}

/// Likewise, with every door closed.
pub(crate) async fn hardened() -> TestApp {
    TestApp::on_memory().with("rate_limit.enabled", "false").with("posture", "hardened").start().await
}

/// Pairs as a form has them.
pub(crate) fn urlencoded(pairs: &[(&str, &str)]) -> String {
    let escaped = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    let pairs = pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A request with a form of these pairs.
pub(crate) fn form(
    app: &TestApp,
    method: &str,
    path: &str,
    pairs: &[(&str, &str)],
) -> reqwest::RequestBuilder {
    let request = app.request(method, path).header("content-type", "application/x-www-form-urlencoded");
    request.body(urlencoded(pairs))
}

/// Sends it.
pub(crate) async fn call(app: &TestApp, method: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
    app.send(form(app, method, path, pairs)).await
}

pub(crate) async fn create(app: &TestApp, email: &str) -> Answer {
    let fields = [("username", NAME), ("email", email), ("password", PASSWORD), ("phone_number", PHONE)];
    call(app, "POST", "/api/users/", &fields).await
}

pub(crate) async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    call(app, "POST", "/api/users/login", &[("email", email), ("password", password)]).await
}

pub(crate) async fn show(app: &TestApp, token: &str) -> Answer {
    call(app, "GET", "/api/users", &[("access_token", token)]).await
}

pub(crate) async fn email_exist(app: &TestApp, email: &str) -> Answer {
    call(app, "POST", "/api/users/email-exist", &[("email", email)]).await
}

pub(crate) async fn change_password(app: &TestApp, token: &str, password: &str) -> Answer {
    call(app, "PUT", CHANGE_PASSWORD, &[("new_password", password), ("access_token", token)]).await
}

pub(crate) async fn add(app: &TestApp, token: &str, points: &str) -> Answer {
    call(app, "PUT", ADD, &[("points", points), ("access_token", token)]).await
}

pub(crate) async fn deduct(app: &TestApp, token: &str, points: &str) -> Answer {
    call(app, "PUT", DEDUCT, &[("points", points), ("access_token", token)]).await
}

/// Registers and logs in; answers the access token.
pub(crate) async fn signed_in(app: &TestApp, email: &str) -> String {
    create(app, email).await.is(200, r#"{"message":"User created successfully"}"#);
    let answer = log_in(app, email, PASSWORD).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.text("access_token")
}

/// Likewise, as an administrator.
pub(crate) async fn administrator(app: &TestApp) -> String {
    let email = "root@example.com";
    assert_eq!(create(app, email).await.status, 200);
    let account = account(app, email).await;
    let mut repositories = app.deps.store.repositories();
    repositories.accounts().set_role(account.id, Role::Admin, FixedClock::START).await.unwrap();
    log_in(app, email, PASSWORD).await.text("access_token")
}

/// The account of an address.
pub(crate) async fn account(app: &TestApp, email: &str) -> vestibule_domain::accounts::Account {
    let email = EmailAddress::parse_plain(email).unwrap();
    app.deps.store.repositories().accounts().by_email(&email).await.unwrap().unwrap()
}

/// The opaque id of the account of an address.
pub(crate) async fn id(app: &TestApp, email: &str) -> String {
    account(app, email).await.details.uuid.0.to_string()
}

/// The balance of whoever has the token.
pub(crate) async fn balance(app: &TestApp, token: &str) -> i64 {
    show(app, token).await.json()["points"].as_i64().unwrap()
}

/// The answer that these fields are missing.
pub(crate) fn missing(fields: &[&str]) -> String {
    let items = fields.iter().map(|field| {
        format!(r#"{{"type":"missing","loc":["body","{field}"],"msg":"Field required","input":null}}"#)
    });
    format!(r#"{{"detail":[{}]}}"#, items.collect::<Vec<_>>().join(","))
}

/// The answer that a text of a field is too long.
pub(crate) fn too_long(field: &str, most: usize, input: &str) -> String {
    format!(
        r#"{{"detail":[{{"type":"string_too_long","loc":["body","{field}"],"msg":"String should have at most {most} characters","input":"{input}","ctx":{{"max_length":{most}}}}}]}}"#
    )
}
