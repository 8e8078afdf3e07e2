//! Points contract, decision 11: pages of other origins.

use vestibule_tests::{Answer, TestApp};

use super::person::{EMAIL, email_exist, form};

const ORIGIN: &str = "https://app.example.org";
const FOREIGN: &str = "A page of another origin may not write here: messages are captured or a door is open. Add its origin to surfaces.points.cors_origins.";
const PATHS: [&str; 5] =
    ["/api/", "/api/users", "/api/users/points/add", "/api/email/verify-code", "/api/users/nope"];

async fn preflight(app: &TestApp, path: &str, origin: &str) -> Answer {
    let request = app
        .request("OPTIONS", path)
        .header("origin", origin)
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "authorization, idempotency-key")
        .header("sec-fetch-site", "cross-site");
    app.send(request).await
}

async fn write(app: &TestApp, origin: &str) -> Answer {
    let request = form(app, "POST", "/api/users/email-exist", &[("email", EMAIL)]);
    app.send(request.header("origin", origin).header("sec-fetch-site", "cross-site")).await
}

#[tokio::test]
async fn while_documented_every_page_may_call_without_credentials() {
    let app = TestApp::start().await;
    for path in PATHS {
        let answer = preflight(&app, path, ORIGIN).await;
        answer.is(200, "OK");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(
            answer.header("access-control-allow-methods"),
            "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
        );
        assert_eq!(answer.header("access-control-allow-headers"), "authorization, idempotency-key");
        assert_eq!(answer.header("access-control-max-age"), "600");
        assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    }
    for origin in [ORIGIN, "null"] {
        let answer = write(&app, origin).await;
        answer.is(200, r#"{"exist":false,"access_token":""}"#);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    }
    let refusal = app.send(app.request("GET", "/api/users").header("origin", ORIGIN)).await;
    assert_eq!((refusal.status, refusal.header("access-control-allow-origin")), (401, "*"));
}

#[tokio::test]
async fn while_hardened_no_page_of_another_may() {
    let app = TestApp::on_memory().with("posture", "hardened").start().await;
    for path in PATHS {
        let answer = preflight(&app, path, ORIGIN).await;
        match path {
            "/api/users/nope" => answer.is_detail(404, "Not Found"),
            _ => answer.is_detail(405, "Method Not Allowed"),
        }
        assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    }
    write(&app, ORIGIN).await.is_detail(403, FOREIGN);
    let read = app.send(app.request("GET", "/api/").header("origin", ORIGIN)).await;
    assert_eq!(read.status, 200);
    assert!(!read.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn named_origins_may_in_either_posture_and_no_other() {
    for posture in ["documented", "hardened"] {
        let app = TestApp::on_memory()
            .with("posture", posture)
            .with("surfaces.points.cors_origins", ORIGIN)
            .start()
            .await;
        let answer = preflight(&app, "/api/users", ORIGIN).await;
        answer.is(200, "OK");
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
        assert_eq!(answer.header("vary"), "Origin");
        assert_eq!(write(&app, ORIGIN).await.header("access-control-allow-origin"), ORIGIN);
        preflight(&app, "/api/users", "https://evil.example").await.is(400, "Disallowed CORS origin");
        write(&app, "https://evil.example").await.is_detail(403, FOREIGN);
    }
}

#[tokio::test]
async fn every_origin_can_be_named_while_hardened() {
    let app = TestApp::on_memory()
        .with("posture", "hardened")
        .with("surfaces.points.cors_origins", "*")
        .start()
        .await;
    preflight(&app, "/api/users", ORIGIN).await.is(200, "OK");
    assert_eq!(write(&app, ORIGIN).await.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn other_surfaces_and_the_mailbox_stay_shut_and_so_do_foreign_names() {
    let app = TestApp::start().await;
    for (method, path) in [
        ("POST", "/api/v1/theater/movies/"),
        ("DELETE", "/dev/mailbox/messages"),
        ("POST", "/api/auth/login"),
        ("GET", "/api/email/confirm/x"),
    ] {
        let answer = app.send(app.request(method, path).header("origin", ORIGIN)).await;
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{path}");
        if method != "GET" {
            assert_eq!(answer.status, 403, "{path}");
        }
    }
    let named = app.request("GET", "/api/").header("origin", ORIGIN).header("host", "evil.example");
    assert_eq!(app.send(named).await.status, 403);
}

#[tokio::test]
async fn without_an_origin_there_are_no_cors_headers() {
    let app = TestApp::start().await;
    let answer = email_exist(&app, EMAIL).await;
    assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
}
