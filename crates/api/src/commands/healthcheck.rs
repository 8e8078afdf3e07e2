//! `vestibule healthcheck`.

use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vestibule_settings::Settings;

use super::output::print;

const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the server of this configuration for `/health/ready`.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<()> {
    // A server that listens on every address is reached at the loopback one.
    let host = match settings.server.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    let answer = tokio::time::timeout(PATIENCE, ask(host, settings.server.port))
        .await
        .context("the server does not answer")?
        .context("the server cannot be reached")?;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    if status != "200" {
        bail!("the server is not ready: {}", answer.lines().last().unwrap_or_default());
    }
    print("ready")
}

async fn ask(host: &str, port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((host, port)).await?;
    stream.write_all(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer).await?;
    Ok(answer)
}
