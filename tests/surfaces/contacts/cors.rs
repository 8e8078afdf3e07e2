//! Contacts contract 1.1: pages of other origins.

use serde_json::json;
use vestibule_tests::{Answer, TestApp};

use super::person::EMAIL;

const FOREIGN: &str = "A page of another origin may not write here: messages are captured or a door is open. Add its origin to surfaces.contacts.cors_origins.";
const WITHOUT_ORIGIN: &str = "A page without an origin (null), as a file or a sandboxed page is, may not write here: \
    messages are captured or a door is open. Serve the page from a server.";
const OWN: &str = "http://localhost:3000";

async fn preflight(app: &TestApp, path: &str, origin: &str, method: &str) -> Answer {
    let request = app
        .request("OPTIONS", path)
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header("access-control-request-headers", "authorization, content-type")
        .header("sec-fetch-site", "same-site");
    app.send(request).await
}

#[tokio::test]
async fn a_page_of_the_allowed_origin_may_ask_and_write() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/api/auth/login",
        "/api/contacts/",
        "/api/contacts/5",
        "/api/email/confirm/x",
        "/api/auth/nope",
    ] {
        let answer = preflight(&app, path, OWN, "PUT").await;
        answer.is(200, "OK");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(answer.header("access-control-allow-origin"), OWN);
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
        assert_eq!(
            answer.header("access-control-allow-methods"),
            "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
        );
        assert_eq!(answer.header("access-control-max-age"), "600");
        assert_eq!(answer.header("access-control-allow-headers"), "authorization, content-type");
        assert_eq!(answer.header("vary"), "Origin");
    }
    let body = json!({"username": "ada_l", "password": "Engine1843", "email": EMAIL}).to_string();
    let request = app.request("POST", "/api/auth/signup").header("origin", OWN);
    let request = request.header("sec-fetch-site", "same-site").header("content-type", "application/json");
    let answer = app.send(request.body(body)).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("access-control-allow-origin"), OWN);
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    assert_eq!(answer.header("vary"), "Origin");
}

#[tokio::test]
async fn pages_of_every_other_origin_are_refused() {
    let app = TestApp::start().await;
    for origin in ["http://evil.example", "null", "http://localhost:3001", "https://localhost:3000", "*"] {
        let answer = preflight(&app, "/api/contacts/", origin, "POST").await;
        answer.is(400, "Disallowed CORS origin");
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
        let answer = app.send(app.request("GET", "/api/contacts/").header("origin", origin)).await;
        assert_eq!(answer.status, 401);
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
        assert!(!answer.headers.contains_key("vary"));
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
        let write = app.request("POST", "/api/auth/signup").header("origin", origin);
        let said = if origin == "null" { WITHOUT_ORIGIN } else { FOREIGN };
        app.send(write.header("sec-fetch-site", "cross-site")).await.is_detail(403, said);
    }
    preflight(&app, "/api/contacts/", OWN, "TRACE").await.is(400, "Disallowed CORS method");
    preflight(&app, "/api/contacts/", "null", "TRACE").await.is(400, "Disallowed CORS origin, method");
}

#[tokio::test]
async fn refusals_of_an_allowed_page_can_be_read_too() {
    let app = TestApp::start().await;
    for (path, status) in [("/api/contacts/", 401), ("/api/auth/nope", 404), ("/api/email/confirm/x", 422)] {
        let answer = app.send(app.request("GET", path).header("origin", OWN)).await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (status, OWN));
    }
}

#[tokio::test]
async fn the_origins_are_a_setting_and_open_no_other_surface() {
    let app = TestApp::on_memory()
        .with("surfaces.contacts.cors_origins", "https://app.example.org")
        .with("doors.catalogue_writes", "true")
        .start()
        .await;
    let origin = "https://app.example.org";
    preflight(&app, "/api/contacts/", origin, "POST").await.is(200, "OK");
    preflight(&app, "/api/contacts/", OWN, "POST").await.is(400, "Disallowed CORS origin");
    for (method, path) in [("POST", "/api/v1/theater/movies/"), ("DELETE", "/dev/mailbox/messages")] {
        let request =
            app.request(method, path).header("origin", origin).header("sec-fetch-site", "cross-site");
        assert_eq!(app.send(request).await.status, 403, "{path}");
    }
    let answer = app.send(app.request("GET", "/health/live").header("origin", origin)).await;
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));
}

#[tokio::test]
async fn without_an_origin_there_are_no_cors_headers() {
    let app = TestApp::start().await;
    let answer = app.get("/").await;
    assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
}
