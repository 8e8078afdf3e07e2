//! What the answer to a faulty value shows where a password or a token belongs.

use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

/// Every endpoint that takes a secret in JSON, and the name of the secret.
const ENDPOINTS: [(&str, &str, &str); 13] = [
    ("POST", "/api/v1/accounts/register/", "password"),
    ("POST", "/api/v1/accounts/login/", "password"),
    ("POST", "/api/v1/accounts/activate/", "token"),
    ("POST", "/api/v1/accounts/refresh/", "refresh_token"),
    ("POST", "/api/v1/accounts/reset-password/complete/", "password"),
    ("POST", "/api/v1/accounts/reset-password/complete/", "token"),
    ("POST", "/api/auth/signup", "password"),
    ("POST", "/api/auth/reset_pwd/complete", "password"),
    ("POST", "/api/auth/reset_pwd/complete", "token"),
    ("POST", "/api/v1/auth/signup", "password"),
    ("POST", "/api/v1/auth/admin/signup", "password"),
    ("POST", "/api/v1/auth/login", "password"),
    ("POST", "/api/v1/refresh", "refresh_token"),
];

async fn unlimited() -> TestApp {
    TestApp::on_memory().with("rate_limit.enabled", "false").start().await
}

async fn send(app: &TestApp, method: &str, path: &str, body: &Value) -> Answer {
    let request = app.request(method, path).header("content-type", "application/json");
    app.send(request.body(body.to_string())).await
}

/// The `input` of the item about this place.
fn input_at(answer: &Answer, loc: &Value) -> Value {
    assert_eq!(answer.status, 422, "{answer:?}");
    let answer = answer.json();
    let items = answer["detail"].as_array().unwrap();
    let item = items.iter().find(|item| item["loc"] == *loc);
    item.unwrap_or_else(|| panic!("no item at {loc}: {answer}"))["input"].clone()
}

/// What holds no text, and so no secret.
fn without_text() -> [Value; 9] {
    [
        json!(123),
        json!(1.5),
        json!(true),
        json!(false),
        json!([]),
        json!({}),
        json!([1, null]),
        json!([[]]),
        json!([{}]),
    ]
}

fn with_text() -> [Value; 4] {
    [json!(["x"]), json!({"x": 1}), json!([[1, "x"]]), json!([{"password": "x"}])]
}

#[tokio::test]
async fn a_body_that_is_no_object_and_holds_no_text_is_echoed() {
    let app = unlimited().await;
    for (method, path, _) in ENDPOINTS {
        for body in without_text().into_iter().filter(|body| !body.is_object()) {
            let answer = send(&app, method, path, &body).await;
            assert_eq!(input_at(&answer, &json!(["body"])), body, "{path}");
        }
        assert_eq!(input_at(&send(&app, method, path, &json!(null)).await, &json!(["body"])), json!(null));
    }
}

#[tokio::test]
async fn a_body_that_is_no_object_and_holds_text_is_masked() {
    let app = unlimited().await;
    for (method, path, _) in ENDPOINTS {
        for body in with_text().into_iter().filter(|body| !body.is_object()).chain([json!("x")]) {
            let answer = send(&app, method, path, &body).await;
            assert_eq!(input_at(&answer, &json!(["body"])), json!("***"), "{path} {body}");
        }
    }
}

#[tokio::test]
async fn a_secret_of_a_wrong_type_is_echoed_unless_it_holds_text() {
    let app = unlimited().await;
    for (method, path, field) in ENDPOINTS {
        for value in without_text().into_iter().chain([Value::Null]) {
            let answer = send(&app, method, path, &json!({ field: value })).await;
            assert_eq!(input_at(&answer, &json!(["body", field])), value, "{path}");
        }
        for value in with_text() {
            let answer = send(&app, method, path, &json!({ field: value })).await;
            assert_eq!(input_at(&answer, &json!(["body", field])), json!("***"), "{path} {value}");
        }
    }
}

#[tokio::test]
async fn a_body_that_lacks_a_field_shows_its_secret_by_the_same_rule() {
    let app = unlimited().await;
    let path = "/api/v1/auth/signup";
    for (password, shown) in [(json!(123), json!(123)), (json!([]), json!([])), (json!("x"), json!("***"))] {
        let answer = send(&app, "POST", path, &json!({"password": password, "y": 1})).await;
        assert_eq!(input_at(&answer, &json!(["body", "email"])), json!({"password": shown, "y": 1}));
    }
}
