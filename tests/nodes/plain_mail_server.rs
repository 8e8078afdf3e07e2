//! A mail server that takes no address with letters outside ASCII.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::installation::{Installation, Places};
use super::members::{register, unique};
use super::patience::eventually;

/// Greets and offers nothing.
async fn greet(stream: TcpStream) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.get_mut().write_all(b"220 plain\r\n").await?;
    while stream.read_line(&mut line).await? > 0 {
        let answer = if line.starts_with("EHLO") { "250-plain\r\n250 8BITMIME\r\n" } else { "250 ok\r\n" };
        stream.get_mut().write_all(answer.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn what_the_mail_server_lacks_is_said_at_the_start_and_refused_at_registration() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(tokio::spawn(greet(stream)));
        }
    });
    let installation = Installation::new(&Places::shared()).await;
    let node = installation.node_with(&[("VESTIBULE__MAIL__URL", url.as_str())]).await;
    eventually("the log says it", async || {
        node.log()
            .contains("the mail server does not take addresses with letters outside ASCII")
            .then_some(())
    })
    .await;
    assert_eq!(register(&node, &format!("jörg-{}@example.com", unique())).await.status, 422);
    node.stop().await;
    installation.remove().await;
    server.abort();
}
