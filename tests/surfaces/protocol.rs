//! What holds for every answer.

use vestibule_tests::TestApp;

#[tokio::test]
async fn unknown_paths_and_methods_are_answered_in_the_dialect() {
    let app = TestApp::start().await;
    app.get("/api/v1/accounts/nothing/").await.is_detail(404, "Not Found");
    app.get("/nothing").await.is_detail(404, "Not Found");
    for method in ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let answer = app.send(app.request(method, "/api/v1/accounts/login/")).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "POST");
    }
    let head = app.send(app.request("HEAD", "/api/v1/accounts/login/")).await;
    assert_eq!((head.status, head.header("allow")), (405, "POST"));
}

#[tokio::test]
async fn every_answer_carries_an_id_and_safe_headers() {
    let app = TestApp::start().await;
    let mut ids = std::collections::HashSet::new();
    for path in ["/health/live", "/nothing", "/api/v1/accounts/login/", "/dev/mailbox", "/account/activate"] {
        let answer = app.get(path).await;
        assert!(ids.insert(answer.header("x-request-id").to_owned()));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
    }
}

#[tokio::test]
async fn trace_is_refused() {
    let app = TestApp::start().await;
    assert_eq!(app.send(app.request("TRACE", "/api/v1/accounts/login/")).await.status, 405);
}

#[tokio::test]
async fn a_slow_store_costs_one_request_and_not_the_server() {
    let app = TestApp::on_memory().with("server.request_timeout", "300ms").start().await;
    // A unit of work that nobody ends keeps the only writer.
    let unit = app.deps.store.begin().await.unwrap();
    let body = serde_json::json!({"email": "ada@example.com"});
    let answer = app.post("/api/v1/accounts/password-reset/request/", &body).await;
    answer.is_detail(503, "Service Unavailable");
    assert_eq!(answer.header("retry-after"), "5");
    drop(unit);
    assert_eq!(app.post("/api/v1/accounts/password-reset/request/", &body).await.status, 200);
}
