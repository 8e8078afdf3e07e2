//! Input that was made to break things: never a 5xx, never the words of a library.

use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

use super::person::EMAIL;

const PATHS: [&str; 6] = [
    "/api/v1/accounts/register/",
    "/api/v1/accounts/activate/",
    "/api/v1/accounts/password-reset/request/",
    "/api/v1/accounts/reset-password/complete/",
    "/api/v1/accounts/login/",
    "/api/v1/accounts/refresh/",
];

fn is_clean(answer: &Answer) {
    assert!(answer.status < 500, "{answer:?}");
    let body = answer.body.to_lowercase();
    for word in ["panick", "serde", "sqlite", "sqlx", "sea_orm", "actix", "at line", "src/"] {
        assert!(!body.contains(word), "{word} in {answer:?}");
    }
}

async fn send(
    app: &TestApp,
    path: &str,
    content_type: Option<&str>,
    body: impl Into<reqwest::Body>,
) -> Answer {
    let mut request = app.request("POST", path).body(body);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    app.send(request).await
}

#[tokio::test]
async fn broken_json_is_named_with_its_place() {
    let app = TestApp::start().await;
    let cases: [(&[u8], u64, &str); 5] = [
        (b"{", 1, "Expecting property name enclosed in double quotes"),
        (b"{\"email\":}", 9, "Expecting value"),
        (b"{\"email\" 1}", 9, "Expecting ':' delimiter"),
        (b"{} x", 3, "Extra data"),
        (b"nonsense", 0, "Expecting value"),
    ];
    for path in PATHS {
        for (body, place, words) in cases {
            let answer = send(&app, path, Some("application/json"), body).await;
            let expected = json!({"detail": [{"type": "json_invalid", "loc": ["body", place],
                "msg": "JSON decode error", "input": {}, "ctx": {"error": words}}]});
            answer.is(422, &expected.to_string());
        }
    }
}

#[tokio::test]
async fn bodies_of_another_kind_are_named() {
    let app = TestApp::start().await;
    for path in PATHS {
        for body in ["[]", "7", "\"text\"", "true"] {
            let answer = send(&app, path, Some("application/json"), body).await;
            assert_eq!(answer.status, 422);
            assert_eq!(answer.json()["detail"][0]["type"], "model_attributes_type");
        }
        for body in ["", "null"] {
            let answer = send(&app, path, Some("application/json"), body).await;
            answer.is(
                422,
                r#"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"#,
            );
        }
    }
}

#[tokio::test]
async fn a_form_is_not_json_and_its_password_is_not_shown() {
    let app = TestApp::start().await;
    let form = "email=ada%40example.com&password=Analytical%231843";
    let answer = send(&app, PATHS[4], Some("application/x-www-form-urlencoded"), form).await;
    answer.is(
        422,
        r#"{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"***"}]}"#,
    );
}

#[tokio::test]
async fn a_body_without_a_content_type_is_json() {
    let app = TestApp::start().await;
    let body = json!({"email": EMAIL}).to_string();
    assert_eq!(send(&app, PATHS[2], None, body).await.status, 200);
}

#[tokio::test]
async fn wrong_types_everywhere_are_422() {
    let app = TestApp::start().await;
    let values = [json!(null), json!(true), json!(5), json!(1.5), json!([]), json!({}), json!([["x"]])];
    for path in PATHS {
        for value in &values {
            let body: Value = ["email", "password", "token", "refresh_token"]
                .into_iter()
                .map(|key| (key.to_owned(), value.clone()))
                .collect::<serde_json::Map<_, _>>()
                .into();
            let answer = app.post(path, &body).await;
            assert_eq!(answer.status, 422, "{path} {body}");
            is_clean(&answer);
        }
    }
}

#[tokio::test]
async fn deep_nesting_bad_encodings_and_nul_do_no_harm() {
    let app = TestApp::start().await;
    let bodies: Vec<Vec<u8>> = vec![
        [b"[".repeat(100_000), b"]".repeat(100_000)].concat(),
        b"{\"email\":".repeat(20_000),
        b"\xff\xfe\x00".to_vec(),
        b"{\"email\":\"\xc3\x28\"}".to_vec(),
        b"{\"email\":\"a\\u0000b@example.com\",\"password\":\"Aa1@\\u0000\\u0000\\u0000\\u0000\",\"token\":\"\\u0000\",\"refresh_token\":\"\\u0000\"}".to_vec(),
        b"{\"email\":\"\\ud800@example.com\"}".to_vec(),
        b"{\"email\":\"a@example.com\\r\\nBcc: b@example.com\"}".to_vec(),
    ];
    for path in PATHS {
        for body in &bodies {
            let answer = send(&app, path, Some("application/json"), body.clone()).await;
            is_clean(&answer);
            assert!(answer.status >= 400, "{answer:?}");
        }
    }
    assert!(app.mailbox.all().is_empty());
}

#[tokio::test]
async fn a_password_of_a_mebibyte_is_refused_before_it_is_hashed() {
    let app = TestApp::start().await;
    let body = json!({"email": EMAIL, "password": "Aa1@".repeat(256 * 1024), "token": "x"});
    for path in [PATHS[0], PATHS[3], PATHS[4]] {
        app.post(path, &body).await.is_detail(413, "Request Entity Too Large");
    }
}

#[tokio::test]
async fn a_password_below_the_limit_of_bodies_works() {
    let app = TestApp::start().await;
    let body = json!({"email": EMAIL, "password": "Aa1@".repeat(50 * 1024)});
    assert_eq!(app.post(PATHS[0], &body).await.status, 201);
}

async fn register_at(app: &TestApp, host: &str) -> Answer {
    let body = json!({"email": EMAIL, "password": super::person::PASSWORD}).to_string();
    let request = app
        .request("POST", PATHS[0])
        .header("host", host)
        .header("x-forwarded-host", "evil.example")
        .header("content-type", "application/json")
        .body(body);
    app.send(request).await
}

#[tokio::test]
async fn a_foreign_host_header_is_refused_while_mail_is_captured() {
    let app = TestApp::start().await;
    assert_eq!(register_at(&app, "evil.example").await.status, 403);
    let request = app.request("GET", "/api/v1/theater/movies/").header("host", "localhost");
    assert_eq!(app.send(request).await.status, 404);
}

#[tokio::test]
async fn a_host_header_never_reaches_a_mail() {
    // A server that answers to every name.
    let app = TestApp::on_memory().with("doors.allow_on_network", "true").start().await;
    assert_eq!(register_at(&app, "evil.example").await.status, 201);
    app.mailed_code(EMAIL).await;
    let mail = &app.mailbox.to(EMAIL)[0].mail;
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil"));
}
