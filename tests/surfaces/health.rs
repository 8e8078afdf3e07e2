//! Probes.

use std::sync::Arc;

use serde_json::json;
use vestibule_domain::ports::{MockMailer, SendError};
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{TestApp, TestAppBuilder};

#[tokio::test]
async fn a_server_on_sqlite_is_live_and_ready() {
    let app = TestApp::on_sqlite().start().await;
    app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
    app.get("/health/ready")
        .await
        .is(200, r#"{"status":"up","checks":{"database":"up","writes":"up","cache":"up","media":"up"},"messages":{"parked":0}}"#);
}

#[tokio::test]
async fn readiness_names_the_store_of_pictures_when_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let media = folder.path().join("media");
    let app = TestApp::on_sqlite().with("media.url", &format!("file://{}", media.display())).start().await;
    std::fs::remove_dir_all(&media).unwrap();
    let answer = app.get("/health/ready").await;
    answer
        .is(503, r#"{"status":"down","checks":{"database":"up","writes":"up","cache":"up","media":"down"},"messages":{"parked":0}}"#);
}

#[tokio::test]
async fn probes_may_ask_for_the_head_alone_and_change_nothing() {
    let app = TestApp::start().await;
    for path in ["/health/live", "/health/ready"] {
        app.send(app.request("HEAD", path)).await.is(200, "");
        let answer = app.send(app.request("PUT", path)).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
}

#[tokio::test]
async fn readiness_says_that_writes_fail_and_probes_once_for_all_who_ask_within_a_moment() {
    const NOT_WRITTEN: &str = r#"{"status":"down","checks":{"database":"up","writes":"down","cache":"up","media":"up"},"messages":{"parked":0}}"#;
    let app = TestApp::start().await;
    app.faults.fail_write_probes(Fault::Unavailable);
    app.get("/health/ready").await.is(503, NOT_WRITTEN);
    app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
    // The store was not asked again.
    app.faults.heal();
    app.get("/health/ready").await.is(503, NOT_WRITTEN);
}

/// A server whose next mail is refused for good.
async fn refused_mail(app: TestAppBuilder) -> TestApp {
    let mut mailer = MockMailer::new();
    mailer.expect_send().returning(|_, _| Err(SendError::Permanent("no such user".into())));
    let app = app.with_mailer(Arc::new(mailer)).start().await;
    let body = json!({"email": "ada@example.com", "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    assert_eq!(app.services.deliver_messages.execute().await.unwrap().parked, 1);
    app
}

#[tokio::test]
async fn readiness_counts_what_was_given_up_and_stays_ready() {
    for app in [TestApp::on_memory(), TestApp::on_sqlite()] {
        let app = refused_mail(app).await;
        app.get("/health/ready").await.is(
            200,
            r#"{"status":"up","checks":{"database":"up","writes":"up","cache":"up","media":"up"},"messages":{"parked":1}}"#,
        );
    }
}

#[tokio::test]
async fn what_was_given_up_is_measured() {
    let app = refused_mail(TestApp::on_memory().with("metrics.enabled", "true")).await;
    let metrics = app.get("/metrics").await.body;
    assert!(metrics.contains("vestibule_outbox_parked_messages 1\n"), "{metrics}");
}
