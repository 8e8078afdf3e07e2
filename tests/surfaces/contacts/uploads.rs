//! What one account and one client may take of the places for uploads, and how often an account may upload.

use std::time::Duration;

use futures::future::select_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use vestibule_tests::{Answer, PICTURE, TestApp, TestAppBuilder};

use super::person::{EMAIL, add, contact, signed_in};

/// Uploads of one account at the same time.
const OF_AN_ACCOUNT: usize = 6;
/// Uploads of one client.
const OF_A_CLIENT: usize = 12;
/// Uploads of all.
const OF_ALL: usize = 32;

const PATH: &str = "/api/contacts/1/avatar";
const HEAD: &str = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";

/// Much longer than any answer takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Behind a proxy, so that the tests choose who the client is.
fn behind_a_proxy() -> TestAppBuilder {
    TestApp::on_memory()
        .with("server.trusted_proxies", "127.0.0.1")
        .with("doors.allow_on_network", "true")
        .with("password.bcrypt_cost", "4")
}

async fn unlimited() -> TestApp {
    behind_a_proxy().with("rate_limit.enabled", "false").start().await
}

async fn token(app: &TestApp, email: &str) -> String {
    signed_in(app, email).await.0
}

async fn upload(app: &TestApp, client: &str, token: &str, file: &[u8]) -> Answer {
    let body = [HEAD.as_bytes(), file, b"\r\n--xyz--\r\n"].concat();
    let request = app
        .request("PATCH", PATH)
        .header("authorization", format!("Bearer {token}"))
        .header("x-forwarded-for", client)
        .header("content-type", "multipart/form-data; boundary=xyz");
    app.send(request.body(body)).await
}

/// An upload of which the beginning is sent and nothing more.
async fn stalled(app: &TestApp, client: &str, token: &str) -> TcpStream {
    let mut connection = TcpStream::connect(app.address()).await.unwrap();
    let request = format!(
        "PATCH {PATH} HTTP/1.1\r\nhost: {}\r\nx-forwarded-for: {client}\r\n\
         authorization: Bearer {token}\r\ncontent-type: multipart/form-data; boundary=xyz\r\n\
         content-length: 5000\r\n\r\n{HEAD}",
        app.address()
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    connection
}

/// What a connection is answered, as far as it comes at once.
async fn answer(connection: &mut TcpStream) -> String {
    let mut read = vec![0; 4096];
    let length = timeout(PATIENCE, connection.read(&mut read)).await.expect("an answer").unwrap();
    String::from_utf8_lossy(&read[..length]).into_owned()
}

/// Stalled uploads that take so many places, no one more: of one upload more the refusal, which is awaited, tells that
/// the others are in.
async fn take(app: &TestApp, client: &str, token: &str, places: usize) -> Vec<TcpStream> {
    let mut connections = Vec::new();
    for _ in 0..=places {
        connections.push(stalled(app, client, token).await);
    }
    let readable = connections.iter().map(|connection| Box::pin(connection.readable()));
    let (_, refused, _) = timeout(PATIENCE, select_all(readable)).await.expect("one is refused");
    let said = answer(&mut connections.swap_remove(refused)).await;
    is_refused_at_once(&said);
    connections
}

#[track_caller]
fn is_refused_at_once(said: &str) {
    assert!(said.starts_with("HTTP/1.1 429 "), "{said}");
    assert!(said.contains("\r\nretry-after: 5\r\n"), "{said}");
    assert!(said.ends_with(r#"{"error":"Rate limit exceeded"}"#), "{said}");
}

/// Uploads until there is a place, and fails where none comes.
async fn gets_a_place(app: &TestApp, client: &str, token: &str) {
    let tried = async { while upload(app, client, token, PICTURE).await.status == 429 {} };
    timeout(PATIENCE, tried).await.expect("a place is free");
}

#[tokio::test]
async fn who_lets_all_uploads_stall_that_an_account_may_have_is_refused_more_and_nobody_else_is() {
    let app = unlimited().await;
    let (ada, eve) = (token(&app, EMAIL).await, token(&app, "eve@example.com").await);
    add(&app, &eve, &contact("Grace")).await;
    let _stalled = take(&app, "192.0.2.1", &ada, OF_AN_ACCOUNT).await;
    // From wherever.
    for client in ["192.0.2.1", "192.0.2.2", "2001:db8::1"] {
        let refused = upload(&app, client, &ada, PICTURE).await;
        refused.is(429, r#"{"error":"Rate limit exceeded"}"#);
        assert_eq!(refused.header("retry-after"), "5");
    }
    for client in ["192.0.2.2", "192.0.2.1"] {
        assert_eq!(upload(&app, client, &eve, PICTURE).await.status, 200, "{client}");
    }
}

#[tokio::test]
async fn nor_do_several_accounts_of_one_client_keep_others_out() {
    let app = unlimited().await;
    let mut held = Vec::new();
    // An IPv6 client is its /64 network.
    for number in 0..OF_A_CLIENT / OF_AN_ACCOUNT {
        let owner = token(&app, &format!("m{number}@example.com")).await;
        held.push(take(&app, &format!("2001:db8:1:2::{number}"), &owner, OF_AN_ACCOUNT).await);
    }
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    let refused = upload(&app, "2001:db8:1:2:ffff::9", &ada, PICTURE).await;
    refused.is(429, r#"{"error":"Rate limit exceeded"}"#);
    assert_eq!(upload(&app, "2001:db8:1:3::9", &ada, PICTURE).await.status, 200);
}

#[tokio::test]
async fn over_the_places_of_all_the_answer_is_503_at_once() {
    let app = unlimited().await;
    let mut held = Vec::new();
    for number in 0..OF_ALL / OF_AN_ACCOUNT {
        let owner = token(&app, &format!("m{number}@example.com")).await;
        held.push(take(&app, &format!("192.0.2.{number}"), &owner, OF_AN_ACCOUNT).await);
    }
    let (ada, eve) = (token(&app, EMAIL).await, token(&app, "eve@example.com").await);
    add(&app, &ada, &contact("Grace")).await;
    assert_eq!(upload(&app, "192.0.2.99", &ada, PICTURE).await.status, 200);
    let mut rest = Vec::new();
    for _ in 0..=OF_ALL % OF_AN_ACCOUNT {
        rest.push(stalled(&app, "192.0.2.98", &eve).await);
    }
    let readable = rest.iter().map(|connection| Box::pin(connection.readable()));
    let (_, refused, _) = timeout(PATIENCE, select_all(readable)).await.expect("one is refused");
    let said = answer(&mut rest.swap_remove(refused)).await;
    assert!(said.starts_with("HTTP/1.1 503 ") && said.contains("\r\nretry-after: 5\r\n"), "{said}");
    let refused = upload(&app, "192.0.2.99", &ada, PICTURE).await;
    refused.is_detail(503, "Service Unavailable");
    // Nothing but uploads waits for it.
    assert_eq!(app.get("/health/live").await.status, 200);
    held.pop();
    timeout(PATIENCE, async { while upload(&app, "192.0.2.99", &ada, PICTURE).await.status == 503 {} })
        .await
        .expect("a place is free");
}

#[tokio::test]
async fn a_place_is_free_again_when_the_client_hangs_up() {
    let app = unlimited().await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    for resets in [false, true] {
        for connection in take(&app, "192.0.2.1", &ada, OF_AN_ACCOUNT).await {
            if resets {
                connection.set_zero_linger().unwrap();
            }
        }
        gets_a_place(&app, "192.0.2.1", &ada).await;
    }
}

#[tokio::test]
async fn a_place_is_free_again_once_its_upload_is_answered() {
    let app = unlimited().await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    for _ in 0..=OF_AN_ACCOUNT {
        assert_eq!(upload(&app, "192.0.2.1", &ada, PICTURE).await.status, 200);
        assert_eq!(upload(&app, "192.0.2.1", &ada, b"no picture").await.status, 422);
        app.faults.fail_commit(vestibule_infrastructure::faulty::Fault::Unexpected);
        assert_eq!(upload(&app, "192.0.2.1", &ada, PICTURE).await.status, 500);
    }
}

#[tokio::test]
async fn a_place_is_free_again_when_an_upload_took_too_long() {
    let app = behind_a_proxy()
        .with("rate_limit.enabled", "false")
        .with("server.body_idle_timeout", "5s")
        .start()
        .await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    let mut held = take(&app, "192.0.2.1", &ada, OF_AN_ACCOUNT).await;
    for connection in &mut held {
        let said = answer(connection).await;
        assert!(said.starts_with("HTTP/1.1 503 ") || said.starts_with("HTTP/1.1 408 "), "{said}");
    }
    gets_a_place(&app, "192.0.2.1", &ada).await;
}

#[tokio::test]
async fn who_is_not_signed_in_takes_no_place() {
    let app = unlimited().await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    let mut anonymous = Vec::new();
    for _ in 0..=OF_ALL {
        let mut connection = stalled(&app, "192.0.2.1", "nonsense").await;
        assert!(answer(&mut connection).await.starts_with("HTTP/1.1 401 "));
        anonymous.push(connection);
    }
    assert_eq!(upload(&app, "192.0.2.1", &ada, PICTURE).await.status, 200);
}

#[tokio::test]
async fn an_account_uploads_so_often_in_an_hour_and_no_other_pays_for_it() {
    let app = behind_a_proxy()
        .with("media.uploads_per_hour", "3")
        .with("surfaces.contacts.access", "2h")
        .start()
        .await;
    let ada = token(&app, EMAIL).await;
    app.clock.advance(Duration::from_mins(1));
    let eve = token(&app, "eve@example.com").await;
    for owner in [&ada, &eve] {
        add(&app, owner, &contact("Grace")).await;
    }
    let client = "192.0.2.1";
    assert_eq!(upload(&app, client, &ada, PICTURE).await.status, 200);
    // What becomes no picture was read and looked at as well.
    assert_eq!(upload(&app, client, &ada, b"no picture").await.status, 422);
    app.clock.advance(Duration::from_mins(20));
    assert_eq!(upload(&app, client, &ada, PICTURE).await.status, 200);
    for client in [client, "192.0.2.2"] {
        let refused = upload(&app, client, &ada, PICTURE).await;
        refused.is(429, r#"{"error":"Rate limit exceeded"}"#);
        assert_eq!(refused.header("retry-after"), "2400");
    }
    // Before its body is read.
    let said = answer(&mut stalled(&app, client, &ada).await).await;
    assert!(said.starts_with("HTTP/1.1 429 ") && said.contains("\r\nretry-after: 2400\r\n"), "{said}");

    assert_eq!(upload(&app, client, &eve, b"no picture").await.status, 404);
    app.clock.advance(Duration::from_mins(40));
    assert_eq!(upload(&app, client, &ada, PICTURE).await.status, 200);
}

#[tokio::test]
async fn who_is_refused_a_place_loses_nothing_of_the_hour() {
    let app = behind_a_proxy().with("media.uploads_per_hour", "7").start().await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    let held = take(&app, "192.0.2.1", &ada, OF_AN_ACCOUNT).await;
    for _ in 0..3 {
        assert_eq!(upload(&app, "192.0.2.1", &ada, PICTURE).await.header("retry-after"), "5");
    }
    drop(held);
    gets_a_place(&app, "192.0.2.1", &ada).await;
    let refused = upload(&app, "192.0.2.1", &ada, PICTURE).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "3600"));
}

#[tokio::test]
async fn an_hour_may_have_any_number_of_uploads() {
    let app = behind_a_proxy().with("media.uploads_per_hour", "0").start().await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    for number in 0..70 {
        let client = format!("192.0.2.{number}");
        assert_eq!(upload(&app, &client, &ada, PICTURE).await.status, 200);
    }
}

#[tokio::test]
async fn who_sends_a_large_file_hears_that_it_is_refused() {
    let app = behind_a_proxy().with("media.uploads_per_hour", "1").start().await;
    let ada = token(&app, EMAIL).await;
    add(&app, &ada, &contact("Grace")).await;
    assert_eq!(upload(&app, "192.0.2.1", &ada, PICTURE).await.status, 200);
    for _ in 0..5 {
        let refused = upload(&app, "192.0.2.1", &ada, &vec![b'x'; 5 << 20]).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, "3600"));
    }
}
