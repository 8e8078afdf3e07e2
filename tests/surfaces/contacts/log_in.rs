//! Contacts contract 2.10.

use serde_json::json;
use vestibule_tests::TestApp;

use super::person::{EMAIL, PASSWORD, form, log_in, member, sign_up, unlimited};

const PATH: &str = "/api/auth/login";

fn missing(fields: &[&str]) -> String {
    let items = fields.iter().map(|field| {
        format!(r#"{{"type":"missing","loc":["body","{field}"],"msg":"Field required","input":null}}"#)
    });
    format!(r#"{{"detail":[{}]}}"#, items.collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn a_form_opens_a_session() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let answer = log_in(&app, "ADA@example.com", PASSWORD).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let tokens = answer.json();
    let keys: Vec<_> = tokens.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["access_token", "refresh_token", "token_type"]);
    assert_eq!(tokens["token_type"], "bearer");
}

#[tokio::test]
async fn a_form_in_parts_does_too() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let part = |name: &str, value: &str| {
        format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let parts = [("grant_type", "password"), ("username", EMAIL), ("password", PASSWORD), ("scope", "")];
    let body = parts.iter().map(|(name, value)| part(name, value)).collect::<String>() + "--xyz--\r\n";
    let request = app.request("POST", PATH).header("content-type", "multipart/form-data; boundary=xyz");
    assert_eq!(app.send(request.body(body)).await.status, 200);
}

/// A part is a file by either form of its name (RFC 7578 §4.2, RFC 5987), and a file is no value of a form.
#[tokio::test]
async fn a_part_that_is_a_file_is_no_value_however_its_name_is_written() {
    let app = TestApp::start().await;
    for name in ["filename=\"a\"", "filename*=UTF-8''a"] {
        let body = format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"username\"; {name}\r\n\r\nada@example.com\r\n\
             --xyz\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nEngine1843\r\n--xyz--\r\n"
        );
        let request = app.request("POST", PATH).header("content-type", "multipart/form-data; boundary=xyz");
        let answer = app.send(request.body(body)).await;
        assert_eq!((answer.status, &answer.json()["detail"][0]["loc"]), (422, &json!(["body", "username"])));
    }
}

#[tokio::test]
async fn parts_without_a_boundary_are_told_and_broken_ones_too() {
    let app = TestApp::start().await;
    let request = app.request("POST", PATH).header("content-type", "multipart/form-data");
    app.send(request.body("x")).await.is_detail(400, "Missing boundary in multipart.");
    let request = app.request("POST", PATH).header("content-type", "multipart/form-data; boundary=xyz");
    app.send(request.body("nonsense")).await.is_detail(400, "There was an error parsing the body");
}

#[tokio::test]
async fn what_is_wrong_is_told_in_the_published_order() {
    let app = unlimited().await;
    for address in ["eve@example.com", "no address", "@", "a'%20OR%201=1"] {
        log_in(&app, address, PASSWORD).await.is_detail(401, "Wrong user");
    }
    sign_up(&app, EMAIL).await;
    log_in(&app, EMAIL, "wrong").await.is_detail(401, "Email not confirmed");
    log_in(&app, EMAIL, PASSWORD).await.is_detail(401, "Email not confirmed");
    let token = app.mailed_code(EMAIL).await;
    super::person::confirm(&app, &token).await;
    let answer = log_in(&app, EMAIL, "wrong").await;
    answer.is_detail(401, "Wrong password");
    assert!(!answer.headers.contains_key("www-authenticate"));
}

#[tokio::test]
async fn missing_and_empty_fields_are_named() {
    let app = unlimited().await;
    form(&app, PATH, &[]).await.is(422, &missing(&["username", "password"]));
    form(&app, PATH, &[("username", ""), ("password", "x")]).await.is(422, &missing(&["username"]));
    let body = serde_json::json!({"username": EMAIL, "password": PASSWORD});
    app.post(PATH, &body).await.is(422, &missing(&["username", "password"]));
}

#[tokio::test]
async fn another_grant_is_refused_without_showing_the_password() {
    let app = unlimited().await;
    let fields = [("grant_type", "client_credentials"), ("username", EMAIL), ("password", "x")];
    form(&app, PATH, &fields).await.is(
        422,
        r#"{"detail":[{"type":"string_pattern_mismatch","loc":["body","grant_type"],"msg":"String should match pattern 'password'","input":"client_credentials","ctx":{"pattern":"password"}}]}"#,
    );
}
