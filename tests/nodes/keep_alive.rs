//! Connections that are idle between two requests.

use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use super::node::Node;

/// Sends a request and reads its answer; `false` if the connection was closed in its place.
async fn answers(connection: &mut TcpStream) -> bool {
    let request = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    if connection.write_all(request).await.is_err() {
        return false;
    }
    let mut answer = [0; 4096];
    let read =
        timeout(Duration::from_secs(30), connection.read(&mut answer)).await.expect("it answers or closes");
    read.is_ok_and(|read| answer[..read].starts_with(b"HTTP/1.1 200 OK"))
}

async fn node(folder: &TempDir, keep_alive: Option<&str>) -> Node {
    let mut variables = vec![
        ("VESTIBULE_ENV".to_owned(), "test".to_owned()),
        ("VESTIBULE__SERVER__PORT".to_owned(), "0".to_owned()),
        ("VESTIBULE__SERVER__WORKERS".to_owned(), "2".to_owned()),
        ("VESTIBULE__DATABASE__URL".to_owned(), "memory".to_owned()),
        ("VESTIBULE__LOG__LEVEL".to_owned(), "info".to_owned()),
    ];
    if let Some(time) = keep_alive {
        variables.push(("VESTIBULE__SERVER__KEEP_ALIVE".to_owned(), time.to_owned()));
    }
    Node::start(&variables, folder.path().join("node.log")).await
}

#[tokio::test]
async fn a_connection_outlives_the_pauses_of_a_proxy_and_does_not_hold_up_the_end() {
    let folder = TempDir::new().unwrap();
    let node = node(&folder, None).await;
    let mut connection = TcpStream::connect(node.address()).await.unwrap();
    for pause in [Duration::ZERO, Duration::from_millis(5_500), Duration::from_millis(6_500)] {
        sleep(pause).await;
        assert!(answers(&mut connection).await, "it was closed within {pause:?}");
    }
    let asked = Instant::now();
    node.terminate().await;
    // Far less than the 30 seconds after which the server would give up, and fail.
    assert!(asked.elapsed() < Duration::from_secs(15), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn a_connection_is_closed_after_the_time_of_the_settings() {
    let folder = TempDir::new().unwrap();
    let node = node(&folder, Some("1s")).await;
    let mut connection = TcpStream::connect(node.address()).await.unwrap();
    assert!(answers(&mut connection).await);
    let closed = timeout(Duration::from_secs(20), connection.read(&mut [0; 1])).await;
    assert_eq!(closed.expect("it is closed").unwrap_or(0), 0);
    node.stop().await;
}
