//! Clients that begin a request and do not go on.

use vestibule_tests::TestApp;

use super::slow_client::SlowClient;

const WHOLE: &[u8] = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn a_head_that_stops_ends_its_connection() {
    let app = TestApp::on_memory().with("server.keep_alive", "1s").start().await;
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(&WHOLE[..20]).await;
    assert!(client.answer().await.0.starts_with("HTTP/1.1 408 Request Timeout"));
    client.is_closed().await;
}

#[tokio::test]
async fn a_later_head_that_stops_does_too() {
    let app = TestApp::on_memory().with("server.keep_alive", "1s").start().await;
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(WHOLE).await;
    assert!(client.answer().await.0.starts_with("HTTP/1.1 200 OK"));
    client.send(&WHOLE[..20]).await;
    client.is_closed().await;
}
