//! Schemathesis asks every endpoint of a document for what it says, and for what it does not: nothing is answered with
//! a status, a body or a header that the document does not know, and nothing fails.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use vestibule_tests::{Answer, TestApp, service};

use crate::clients::run;

/// What is checked. Whether values that break a rule of the schema are refused is for the tests of each surface: the
/// originals take many of them.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";
/// Calls of an endpoint for each way of making them up.
const CALLS: &str = "10";
const NAME: &str = "ada_lovelace";
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "Analytical#1843";

async fn check(surface: &str, sign_in: impl AsyncFn(&TestApp) -> Answer) {
    let app = TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    let signed_in = sign_in(&app).await;
    let token = signed_in.json().pointer("/data/access_token").and_then(Value::as_str).map(ToOwned::to_owned);
    let token = token.unwrap_or_else(|| signed_in.text("access_token"));
    let folder = TempDir::new().unwrap();
    let document = app.get(&format!("/openapi/{surface}.json")).await;
    assert_eq!(document.status, 200, "{document:?}");
    fs::write(folder.path().join("document.json"), document.body).unwrap();

    for credentials in [None, Some(format!("Authorization: Bearer {token}"))] {
        let program = Path::new(&service("schemathesis")).with_file_name("schemathesis");
        let mut command = std::process::Command::new(program);
        command.current_dir(folder.path()).args([
            "run",
            "document.json",
            "--no-color",
            "--continue-on-failure",
        ]);
        command.args(["--url", &format!("http://{}", app.address()), "--checks", CHECKS]);
        command.args(["--phases", "examples,coverage,fuzzing", "--max-examples", CALLS]);
        // The same calls in every run.
        command.arg("--generation-deterministic");
        if let Some(credentials) = &credentials {
            // What ends the session would keep the token from the rest.
            command.args(["--header", credentials, "--exclude-operation-id-regex", "logOut"]);
        }
        run(&mut command, &json!(null)).await;
    }
}

async fn sent(app: &TestApp, path: &str, kind: &str, body: String) -> Answer {
    let answer = app.send(app.request("POST", path).header("content-type", kind).body(body)).await;
    assert!((200..300).contains(&answer.status), "{path}: {answer:?}");
    answer
}

async fn as_json(app: &TestApp, path: &str, body: Value) -> Answer {
    sent(app, path, "application/json", body.to_string()).await
}

/// A member, who signs in with a form.
async fn member(app: &TestApp, path: &str, name: &str) -> Answer {
    activated(app).await;
    let form = format!("{name}=ada%40example.com&password=Analytical%231843");
    sent(app, path, "application/x-www-form-urlencoded", form).await
}

async fn activated(app: &TestApp) {
    as_json(app, "/api/v1/accounts/register/", json!({"email": EMAIL, "password": PASSWORD})).await;
    let code = app.mailed_code(EMAIL).await;
    as_json(app, "/api/v1/accounts/activate/", json!({"email": EMAIL, "token": code})).await;
}

/// An administrator, who signs in with JSON.
async fn administrator(app: &TestApp, path: &str, name: &str) -> Answer {
    let body = json!({"email": EMAIL, "username": NAME, "password": PASSWORD});
    as_json(app, "/api/v1/auth/admin/signup", body).await;
    as_json(app, path, json!({name: if name == "username" { NAME } else { EMAIL }, "password": PASSWORD}))
        .await
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_schemathesis), ignore = "no Schemathesis: ./scripts/services start schemathesis")]
async fn theater_answers_as_its_document_says() {
    check("theater", async |app| {
        activated(app).await;
        as_json(app, "/api/v1/accounts/login/", json!({"email": EMAIL, "password": PASSWORD})).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_schemathesis), ignore = "no Schemathesis: ./scripts/services start schemathesis")]
async fn contacts_answers_as_its_document_says() {
    check("contacts", async |app| member(app, "/api/auth/login", "username").await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_schemathesis), ignore = "no Schemathesis: ./scripts/services start schemathesis")]
async fn admin_answers_as_its_document_says() {
    check("admin", async |app| administrator(app, "/api/v1/auth/login", "email").await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_schemathesis), ignore = "no Schemathesis: ./scripts/services start schemathesis")]
async fn points_answers_as_its_document_says() {
    check("points", async |app| member(app, "/api/users/login", "email").await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_schemathesis), ignore = "no Schemathesis: ./scripts/services start schemathesis")]
async fn mobile_answers_as_its_document_says() {
    check("mobile", async |app| administrator(app, "/user/login", "username").await).await;
}
