//! Clients that take their time to send a body, or never do.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use vestibule_tests::{PICTURE, TestApp};

use super::slow_client::{SlowClient, head};

const JSON: &str = "application/json";
const PARTS: &str = "multipart/form-data; boundary=xyz";
const RESET: &str = "/api/v1/accounts/password-reset/request/";
const PAUSE: Duration = Duration::from_millis(200);

fn upload() -> Vec<u8> {
    let head = b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
    [head, PICTURE, b"\r\n--xyz--\r\n"].concat()
}

/// A server with these settings, and somebody who has a contact.
async fn with_a_contact(settings: &[(&str, &str)]) -> (TestApp, String) {
    let mut app = TestApp::on_memory().with("rate_limit.enabled", "false");
    for (key, value) in settings {
        app = app.with(key, value);
    }
    let app = app.start().await;
    let ada = json!({"username": "ada_l", "password": "Engine1843", "email": "ada@example.com"});
    assert_eq!(app.post("/api/auth/signup", &ada).await.status, 201);
    let token = app.mailed_code("ada@example.com").await;
    assert_eq!(app.get(&format!("/api/email/confirm/{token}")).await.status, 200);
    let form = "username=ada%40example.com&password=Engine1843";
    let login = app.request("POST", "/api/auth/login");
    let login = login.header("content-type", "application/x-www-form-urlencoded").body(form);
    let token = app.send(login).await.text("access_token");
    let contact = json!({
        "fullname": "Grace", "email": "grace@example.com", "phone_number": 380_501_234_567_i64,
        "birthday": "1906-12-09", "additional": "Compilers", "user_id": 0, "avatar": "https://x.example/g.png",
    });
    let add = app.request("POST", "/api/contacts/").bearer_auth(&token).header("content-type", JSON);
    assert_eq!(app.send(add.body(contact.to_string())).await.status, 201);
    (app, token)
}

/// The head of an upload.
fn upload_head(token: &str, length: Option<usize>) -> String {
    let head = head("PATCH", "/api/contacts/1/avatar", PARTS, length);
    head.replace("\r\n\r\n", &format!("\r\nAuthorization: Bearer {token}\r\n\r\n"))
}

#[tokio::test]
async fn a_body_that_goes_on_is_taken_however_long_it_takes() {
    let (app, token) = with_a_contact(&[("server.request_timeout", "500ms")]).await;
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(upload_head(&token, Some(upload().len())).as_bytes()).await;
    client.drip(&upload(), 8, PAUSE).await;
    assert!(client.answer().await.0.starts_with("HTTP/1.1 200 OK"));

    // On the same connection: neither is closed.
    let body = json!({"email": "nobody@example.com"}).to_string();
    client.send(head("POST", RESET, JSON, Some(body.len())).as_bytes()).await;
    client.drip(body.as_bytes(), 8, PAUSE).await;
    assert!(client.answer().await.0.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_handler_that_hangs_after_a_slow_body_is_cut_off_all_the_same() {
    let app = TestApp::on_memory().with("server.request_timeout", "500ms").start().await;
    // A unit of work that nobody ends keeps the only writer.
    let _unit = app.deps.store.begin().await.unwrap();
    let body = json!({"email": "ada@example.com"}).to_string();
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(head("POST", RESET, JSON, Some(body.len())).as_bytes()).await;
    client.drip(body.as_bytes(), 8, PAUSE).await;
    let (head, body) = client.answer().await;
    assert!(head.starts_with("HTTP/1.1 503 Service Unavailable"), "{head}");
    assert_eq!(body, r#"{"detail":"Service Unavailable"}"#);
}

/// The client has sent what it ever will, or drips on: it is told, and its connection is closed.
async fn is_given_up(client: &mut SlowClient, what: &str) {
    let (head, body) = client.answer().await;
    assert!(head.starts_with("HTTP/1.1 408 Request Timeout"), "{what}: {head}");
    assert!(head.contains("\r\nconnection: close"), "{what}: {head}");
    assert!(head.contains("\r\nx-request-id: "), "{what}: {head}");
    assert_eq!(body, r#"{"detail":"Request Timeout"}"#, "{what}");
    client.is_closed().await;
}

#[tokio::test]
async fn a_body_that_stops_is_given_up_in_the_words_of_its_surface() {
    let (app, token) = with_a_contact(&[("server.body_idle_timeout", "300ms")]).await;
    let (app, token) = (&app, &token);
    // At once, since the end of each connection is waited for.
    let kinds = [
        ("POST", RESET, JSON),
        ("POST", "/api/auth/signup", JSON),
        ("POST", "/api/auth/login", "application/x-www-form-urlencoded"),
        ("POST", "/api/auth/login", PARTS),
        ("PATCH", "/api/contacts/1/avatar", PARTS),
        ("POST", "/account/activate", "application/x-www-form-urlencoded"),
    ];
    let each = kinds.into_iter().flat_map(|kind| [(kind, Some(1000)), (kind, None)]);
    let all = each.map(async |((method, path, content_type), length)| {
        let what = format!("{method} {path} {content_type} {length:?}");
        let mut client = SlowClient::connect(&app.address()).await;
        let begin = head(method, path, content_type, length)
            .replace("\r\n\r\n", &format!("\r\nAuthorization: Bearer {token}\r\n\r\n"));
        client.send(begin.as_bytes()).await;
        client.send(if length.is_some() { b"--xyz\r\n" } else { b"7\r\n--xyz\r\n\r\n" }).await;
        is_given_up(&mut client, &what).await;
    });
    join_all(all).await;
}

#[tokio::test]
async fn a_body_below_the_floor_is_given_up() {
    let settings = [("server.body_idle_timeout", "1s"), ("server.body_min_rate", "1048576")];
    let (app, token) = with_a_contact(&settings).await;
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(upload_head(&token, Some(1 << 20)).as_bytes()).await;
    client.send(&upload()[..90]).await;
    // It never pauses for as long as a body may.
    client.drip(&[b'x'; 7], 7, PAUSE).await;
    is_given_up(&mut client, "below the floor").await;
}

#[tokio::test]
async fn a_body_that_takes_too_long_in_all_is_given_up() {
    let settings = [("server.body_total_timeout", "1s"), ("server.body_min_rate", "0")];
    let (app, token) = with_a_contact(&settings).await;
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(upload_head(&token, Some(1 << 20)).as_bytes()).await;
    client.send(&upload()[..90]).await;
    client.drip(&[b'x'; 7], 7, PAUSE).await;
    is_given_up(&mut client, "too long").await;
}

#[tokio::test]
async fn uploads_that_were_given_up_keep_no_place() {
    let (app, token) = with_a_contact(&[("server.body_idle_timeout", "50ms")]).await;
    // More than are read at a time.
    for _ in 0..40 {
        let mut client = SlowClient::connect(&app.address()).await;
        client.send(upload_head(&token, Some(1000)).as_bytes()).await;
        client.send(b"--xyz\r\n").await;
        assert!(client.answer().await.0.starts_with("HTTP/1.1 408 "));
    }
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(upload_head(&token, Some(upload().len())).as_bytes()).await;
    client.send(&upload()).await;
    assert!(client.answer().await.0.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_body_that_nobody_reads_does_not_keep_its_connection() {
    let app = &TestApp::start().await;
    join_all([Some(1 << 20), None].map(async |length| {
        let mut client = SlowClient::connect(&app.address()).await;
        client.send(head("POST", "/nothing", JSON, length).as_bytes()).await;
        assert!(client.answer().await.0.starts_with("HTTP/1.1 404 Not Found"));
        let drip = if length.is_some() { "x" } else { "1\r\nx\r\n" }.repeat(100);
        assert!(!client.drip(drip.as_bytes(), 100, PAUSE).await, "it is read for ever: {length:?}");
    }))
    .await;
}
