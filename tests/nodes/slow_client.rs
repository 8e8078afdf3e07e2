//! A client that sends what it is told to, as slowly as it is told to.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Far longer than anything takes; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a server.
pub(crate) struct SlowClient(TcpStream);

impl SlowClient {
    pub(crate) async fn connect(address: &str) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// Sends at once; `false` if the connection was closed.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// Sends in this many pieces, with a pause before each; `false` if the connection was closed.
    pub(crate) async fn drip(&mut self, bytes: &[u8], pieces: usize, pause: Duration) -> bool {
        for piece in bytes.chunks(bytes.len().div_ceil(pieces)) {
            sleep(pause).await;
            if !self.send(piece).await {
                return false;
            }
        }
        true
    }

    /// The head and the body of the next answer, which says how long it is.
    pub(crate) async fn answer(&mut self) -> (String, String) {
        let mut read = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&read).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
                if body.len() >= length.parse::<usize>().unwrap() {
                    return (head.to_owned(), body.to_owned());
                }
            }
            let mut buffer = [0; 4096];
            let more = timeout(PATIENCE, self.0.read(&mut buffer)).await.expect("an answer").unwrap();
            assert_ne!(more, 0, "the connection was closed after {text:?}");
            read.extend_from_slice(&buffer[..more]);
        }
    }

    /// Waits until the server has closed the connection, of which nothing more is read.
    pub(crate) async fn is_closed(&mut self) {
        let read = timeout(PATIENCE, self.0.read(&mut [0; 1])).await.expect("the connection is closed");
        assert_eq!(read.unwrap_or(0), 0);
    }
}

/// The head of a request whose body has this length, or comes in chunks.
pub(crate) fn head(method: &str, path: &str, content_type: &str, length: Option<usize>) -> String {
    let framing =
        length.map_or("Transfer-Encoding: chunked".to_owned(), |length| format!("Content-Length: {length}"));
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n{framing}\r\n\r\n"
    )
}
