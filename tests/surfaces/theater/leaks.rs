//! A failure says nothing of its cause.

use serde_json::json;
use vestibule_infrastructure::faulty::{CAUSE, Fault};
use vestibule_tests::{Answer, TestApp};

use super::person::{EMAIL, PASSWORD, member, signed_in};

fn says_no_cause(answer: &Answer) {
    for word in [CAUSE, "injected", "5d1f", "hunter2", "db.internal", "store"] {
        assert!(!answer.body.contains(word), "{word} in {answer:?}");
    }
}

#[tokio::test]
async fn no_5xx_shows_the_cause_of_the_store() {
    let app = TestApp::start().await;
    let (_, refresh_token) = signed_in(&app, EMAIL).await;
    let requests = [
        ("register", json!({"email": "eve@example.com", "password": PASSWORD})),
        ("activate", json!({"email": EMAIL, "token": "x"})),
        ("password-reset/request", json!({"email": EMAIL})),
        ("reset-password/complete", json!({"email": EMAIL, "password": PASSWORD, "token": "x"})),
        ("login", json!({"email": EMAIL, "password": PASSWORD})),
        ("refresh", json!({"refresh_token": refresh_token})),
    ];
    for fault in [Fault::Unexpected, Fault::Unavailable, Fault::Retryable] {
        app.faults.fail_everything(fault);
        for (path, body) in &requests {
            let answer = app.post(&format!("/api/v1/accounts/{path}/"), body).await;
            assert!(answer.status >= 500, "{path} {fault:?}: {answer:?}");
            says_no_cause(&answer);
            assert!(!answer.header("x-request-id").is_empty());
        }
    }
}

#[tokio::test]
async fn no_page_shows_the_cause_of_the_store() {
    let app = TestApp::start().await;
    member(&app, EMAIL).await;
    let form = "surface=theater&email=ada%40example.com&token=x&password=Difference%231822&repeated=Difference%231822";
    for fault in [Fault::Unexpected, Fault::Unavailable, Fault::Retryable] {
        app.faults.fail_everything(fault);
        for path in ["/account/activate", "/account/reset-password"] {
            let answer = app.send(app.request("POST", path).body(form)).await;
            assert!(answer.status >= 500, "{path} {fault:?}: {answer:?}");
            assert!(answer.body.starts_with("<!doctype html>"), "{path} {fault:?}: {answer:?}");
            says_no_cause(&answer);
        }
    }
}

#[tokio::test]
async fn readiness_names_the_part_that_is_down_and_not_why() {
    let app = TestApp::start().await;
    app.get("/health/ready")
        .await
        .is(200, r#"{"status":"up","checks":{"database":"up","writes":"up","cache":"up","media":"up"},"messages":{"parked":0}}"#);
    app.faults.fail_everything(Fault::Unavailable);
    app.get("/health/ready").await.is(
        503,
        r#"{"status":"down","checks":{"database":"down","writes":"down","cache":"up","media":"up"},"messages":{"parked":null}}"#,
    );
    app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
    app.faults.heal();
    assert_eq!(app.get("/health/ready").await.status, 200);
}
