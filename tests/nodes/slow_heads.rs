//! Clients that begin a request and do not go on.

use vestibule_tests::TestApp;

use super::slow_client::SlowClient;

const WHOLE: &[u8] = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn the_first_head_of_a_connection_has_an_end() {
    let app = TestApp::on_memory().with("server.head_timeout", "1s").start().await;
    let mut client = SlowClient::connect(&app.address()).await;
    client.send(&WHOLE[..20]).await;
    assert!(client.answer().await.0.starts_with("HTTP/1.1 408 Request Timeout"));
    client.is_closed().await;
}
