//! What is read of a body: mobile contract 1, decision 2.

use vestibule_tests::{Answer, TestApp};

use super::person::{PASSWORD, says, unlimited};

async fn sent(app: &TestApp, content_type: Option<&str>, body: impl Into<Vec<u8>>) -> Answer {
    let mut request = app.request("POST", "/user").body(body.into());
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    app.send(request).await
}

fn registration(number: u32) -> String {
    format!(r#"{{"username":"user{number}","mobile":"0170000{number}","password":"{PASSWORD}"}}"#)
}

#[tokio::test]
async fn json_is_read_by_its_content_type_in_every_encoding() {
    let app = unlimited().start().await;
    for (number, content_type) in
        (100..).zip(["application/json", "application/json; charset=utf-8", "application/vnd.api+json"])
    {
        assert_eq!(sent(&app, Some(content_type), registration(number)).await.status, 200, "{content_type}");
    }
    let marked = format!("\u{feff}{}", registration(200));
    assert_eq!(sent(&app, Some("application/json"), marked).await.status, 200);
    let wide: Vec<u8> = registration(201).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(sent(&app, Some("application/json"), wide).await.status, 200);
    for content_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
        says(&sent(&app, content_type, registration(300)).await, 400, "username is required");
    }
}

#[tokio::test]
async fn broken_json_is_told_so() {
    let app = unlimited().start().await;
    let deep = "[".repeat(100_000);
    for body in [&b""[..], b"{", b"{'a':1}", b"\xff", b"[1,]", deep.as_bytes()] {
        says(&sent(&app, Some("application/json"), body).await, 400, "Invalid JSON");
    }
}

#[tokio::test]
async fn of_a_key_given_twice_the_last_counts() {
    let app = unlimited().start().await;
    let body =
        format!(r#"{{"username":"eve","username":"ada","mobile":"01700000001","password":"{PASSWORD}"}}"#);
    let answer = sent(&app, Some("application/json"), body).await;
    assert_eq!(answer.json()["data"]["username"], "ada");
}

#[tokio::test]
async fn a_body_over_the_limit_is_413() {
    let app = unlimited().start().await;
    let body = format!(r#"{{"username":"{}"}}"#, "x".repeat(300_000));
    says(&sent(&app, Some("application/json"), body).await, 413, "Request Entity Too Large");
}

#[tokio::test]
async fn a_number_that_cannot_be_told_to_the_last_digit_is_refused() {
    let app = unlimited().start().await;
    let body =
        |number: &str| format!(r#"{{"username":{number},"mobile":"01700000001","password":"{PASSWORD}"}}"#);
    for number in ["123456789012345678901", "1e300"] {
        says(&sent(&app, Some("application/json"), body(number)).await, 400, "username is not valid");
    }
    let answer = sent(&app, Some("application/json"), body("18446744073709551615")).await;
    assert_eq!(answer.json()["data"]["username"], "18446744073709551615");
}
