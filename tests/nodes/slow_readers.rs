//! Clients that take their time to read an answer, or never do.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use vestibule_tests::TestApp;

use super::patience::eventually;

/// An answer of more than a mebibyte.
const LARGE: &[u8] = b"GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
/// What waits to be sent is more than the buffers of both sides hold.
const TIMES: usize = 10;

async fn app() -> TestApp {
    let app = TestApp::on_memory().with("features.api_docs", "true");
    app.with("server.write_timeout", "1s").start().await
}

#[tokio::test]
#[cfg_attr(not(target_os = "linux"), ignore = "the kernel has no such limit")]
async fn a_client_that_reads_nothing_is_dropped() {
    let app = app().await;
    let mut client = TcpStream::connect(app.address()).await.unwrap();
    client.write_all(&LARGE.repeat(TIMES)).await.unwrap();
    // A closed connection does not say so to whoever reads nothing; it refuses what is sent to it.
    eventually("the connection is refused", async || client.write_all(b"G").await.err()).await;
}

#[tokio::test]
async fn a_client_that_reads_slowly_gets_all() {
    let app = app().await;
    let mut client = TcpStream::connect(app.address()).await.unwrap();
    client.write_all(&LARGE.repeat(TIMES)).await.unwrap();
    let (mut read, mut pauses) = (Vec::new(), 30);
    let answers = |read: &[u8]| read.windows(15).filter(|it| it == b"HTTP/1.1 200 OK").count();
    let mut size = None;
    // Far longer than a client may read nothing.
    while size.is_none_or(|size| read.len() < size) {
        if pauses > 0 {
            pauses -= 1;
            sleep(Duration::from_millis(100)).await;
        }
        let mut buffer = vec![0; 64 << 10];
        let more = timeout(Duration::from_secs(30), client.read(&mut buffer)).await.unwrap().unwrap();
        assert_ne!(more, 0, "the connection was closed after {} bytes", read.len());
        read.extend_from_slice(&buffer[..more]);
        if size.is_none() && answers(&read) == 2 {
            let second = read.windows(15).rposition(|it| it == b"HTTP/1.1 200 OK").unwrap();
            size = Some(second * TIMES);
        }
    }
    assert_eq!((answers(&read), size), (TIMES, Some(read.len())));
}
