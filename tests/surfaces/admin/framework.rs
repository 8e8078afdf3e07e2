//! Admin contract 1 and 2.1: paths, methods and the sign of life.

use std::time::Duration;

use vestibule_tests::TestApp;

use super::person::unlimited;

#[tokio::test]
async fn health_is_limited_to_ten_in_ten_seconds() {
    let app = TestApp::start().await;
    for path in ["/health", "/health/"].iter().cycle().take(10) {
        app.get(path).await.is(200, r#"{"status":"I am healthy"}"#);
    }
    let refused = app.get("/health").await;
    refused.is(429, r#"{"detail":"Too Many Requests"}"#);
    assert_eq!(refused.header("retry-after"), "10");
    assert_eq!(app.get("/health/live").await.status, 200);
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(app.get("/health").await.status, 200);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_answered_as_published() {
    let app = unlimited().await;
    for path in
        ["/api/v1/auth/nothing", "/api/v1/trash/nothing", "/api/v1/trash/restore/", "/api/v1/refresh/x"]
    {
        app.get(path).await.is(404, r#"{"detail":"Not Found"}"#);
    }
    for (method, path, allow) in [
        ("PATCH", "/api/v1/auth/users/1", "GET"),
        ("HEAD", "/api/v1/auth/users", "GET"),
        ("OPTIONS", "/api/v1/auth/users", "GET"),
        ("OPTIONS", "/health", "GET"),
        ("GET", "/api/v1/auth/signup", "POST"),
        ("GET", "/api/v1/trash/bulk-delete", "POST"),
        ("POST", "/api/v1/trash/restore/1", "PUT"),
        ("GET", "/api/v1/profile-upload/", "POST"),
        ("GET", "/api/v1/refresh", "POST"),
    ] {
        let answer = app.send(app.request(method, path)).await;
        let body = if method == "HEAD" { "" } else { r#"{"detail":"Method Not Allowed"}"# };
        answer.is(405, body);
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
}

#[tokio::test]
async fn nothing_is_said_about_origins() {
    let app = unlimited().await;
    let request = app.request("OPTIONS", "/api/v1/auth/users").header("origin", "http://x.example");
    let preflight = app.send(request.header("access-control-request-method", "GET")).await;
    preflight.is(405, r#"{"detail":"Method Not Allowed"}"#);
    let names: Vec<_> = preflight.headers.keys().map(|name| name.as_str().to_owned()).collect();
    assert!(!names.iter().any(|name| name.starts_with("access-control")), "{names:?}");
}

#[tokio::test]
async fn both_forms_of_a_path_are_served_directly() {
    let app = unlimited().await;
    for path in ["/api/v1/auth/signup", "/api/v1/auth/login", "/api/v1/auth/admin/signup", "/api/v1/refresh"]
    {
        for path in [path.to_owned(), format!("{path}/")] {
            assert_eq!(app.post(&path, &serde_json::json!({})).await.status, 422, "{path}");
        }
    }
    for path in ["/api/v1/profile-upload", "/api/v1/profile-upload-s3"] {
        for path in [path.to_owned(), format!("{path}/")] {
            assert_eq!(app.send(app.request("POST", &path)).await.status, 401, "{path}");
        }
    }
}
