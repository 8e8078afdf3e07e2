//! Uploads that take their time, and many of them.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vestibule_tests::{Answer, PICTURE, TestApp, TestAppBuilder};

use super::person::{EMAIL, PASSWORD, add, contact, log_in, signed_in};

const PATH: &str = "/api/contacts/1/avatar";

const HEAD: &str = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";

/// Ada's and Eve's tokens; each has a contact, 1 and 2.
async fn two_owners(app: TestAppBuilder) -> (TestApp, [String; 2]) {
    let app = app.start().await;
    let (ada, _) = signed_in(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace Hopper")).await;
    let (eve, _) = signed_in(&app, "eve@example.com").await;
    add(&app, &eve, &contact("Grace Hopper")).await;
    (app, [ada, eve])
}

async fn upload(app: &TestApp, path: &str, token: &str, file: &[u8]) -> Answer {
    let body = [HEAD.as_bytes(), file, b"\r\n--xyz--\r\n"].concat();
    let request = app.request("PATCH", path).header("authorization", format!("Bearer {token}"));
    app.send(request.header("content-type", "multipart/form-data; boundary=xyz").body(body)).await
}

/// The beginning of an upload whose rest does not come.
async fn stalled(app: &TestApp, authorization: &str) -> TcpStream {
    let mut connection = TcpStream::connect(app.address()).await.unwrap();
    let head = format!(
        "PATCH {PATH} HTTP/1.1\r\nhost: localhost\r\n{authorization}content-length: 4000\r\n\
         content-type: multipart/form-data; boundary=xyz\r\n\r\n{HEAD}"
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection
}

#[tokio::test]
async fn an_account_with_stalled_uploads_is_in_nobody_elses_way() {
    let (app, [ada, eve]) = two_owners(TestApp::on_memory()).await;
    let mut connections = Vec::new();
    for _ in 0..40 {
        connections.push(stalled(&app, &format!("authorization: Bearer {ada}\r\n")).await);
    }
    for _ in 0..10 {
        assert_eq!(upload(&app, "/api/contacts/2/avatar", &eve, PICTURE).await.status, 200);
    }
    // Once they have hung up, its places are free again.
    drop(connections);
    assert_eq!(upload(&app, PATH, &ada, PICTURE).await.status, 200);
}

#[tokio::test]
async fn whoever_is_not_known_is_refused_before_the_body_comes() {
    let (app, [_, eve]) = two_owners(TestApp::on_memory()).await;
    let mut connections = Vec::new();
    for _ in 0..40 {
        let mut connection = stalled(&app, "").await;
        let mut status = [0; 12];
        connection.read_exact(&mut status).await.unwrap();
        assert_eq!(&status, b"HTTP/1.1 401");
        connections.push(connection);
    }
    assert_eq!(upload(&app, "/api/contacts/2/avatar", &eve, PICTURE).await.status, 200);
}

#[tokio::test]
async fn an_account_has_so_many_uploads_an_hour_whatever_becomes_of_them() {
    let app = TestApp::on_memory().with("media.uploads_per_hour", "3");
    let (app, [ada, eve]) = two_owners(app).await;
    for (file, status) in [(PICTURE, 200), (b"no picture", 422), (PICTURE, 200)] {
        assert_eq!(upload(&app, PATH, &ada, file).await.status, status);
    }
    let refused = upload(&app, PATH, &ada, PICTURE).await;
    refused.is(429, r#"{"error":"Rate limit exceeded"}"#);
    assert_eq!(refused.header("retry-after"), "3600");
    assert_eq!(upload(&app, "/api/contacts/2/avatar", &eve, PICTURE).await.status, 200);
    app.clock.advance(Duration::from_hours(1));
    let ada = log_in(&app, EMAIL, PASSWORD).await.text("access_token");
    assert_eq!(upload(&app, PATH, &ada, PICTURE).await.status, 200);
}

#[tokio::test]
async fn where_an_hour_has_no_limit_none_is_refused() {
    let app = TestApp::on_memory().with("media.uploads_per_hour", "0");
    let (app, [ada, _]) = two_owners(app).await;
    for upload_of_the_hour in 0..70 {
        assert_eq!(upload(&app, PATH, &ada, b"no picture").await.status, 422);
        if upload_of_the_hour % 9 == 8 {
            // Ten calls of one path a minute.
            app.clock.advance(Duration::from_mins(1));
        }
    }
}
