//! Clients that hang up while they are served.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use time::macros::date;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use vestibule_domain::catalogue::Name;
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::{OwnDatabase, Server, TestApp, scatter};

use super::film::{MOVIES, film};

const CLIENTS: u64 = 16;

/// Sends a request and reads the status, or hangs up after this long: with a reset, as a process that dies
/// does.
async fn status_within(patience: Duration, address: &str, request: &str) -> Option<u16> {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    if timeout(patience, connection.read_to_end(&mut answer)).await.is_err() {
        connection.set_zero_linger().unwrap();
        return None;
    }
    let answer = String::from_utf8(answer).unwrap();
    Some(answer.split(' ').nth(1).expect("a status").parse().unwrap())
}

/// Creates movies, and answers the names of those that were acknowledged.
async fn create_and_hang_up(address: &str, client: u64, left: &AtomicU64) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut number = 0;
    while left.load(Ordering::Relaxed) > 0 {
        number += 1;
        let name = format!("Film {client} {number}");
        let mut film = film(&name);
        // Of a few names, over which requests meet, and one that is new.
        film["actors"] = json!([format!("actor {}", number % 7), name]);
        let body = film.to_string();
        let request = format!(
            "POST {MOVIES} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        // Some wait, on however slow a machine.
        let patience = match number % 8 {
            0 => Duration::from_mins(1),
            _ => Duration::from_micros(scatter(client * 1_000_000 + number) % 40_000),
        };
        match status_within(patience, address, &request).await {
            Some(201) => acknowledged.push(name),
            // Two units that wait for each other in a circle, over and over.
            Some(503) => {}
            Some(status) => panic!("{status}"),
            None => {
                left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).ok();
            }
        }
    }
    acknowledged
}

async fn nothing_acknowledged_is_lost(url: &str, drops: u64) {
    let app = TestApp::on_memory()
        .with("database.url", url)
        .with("database.max_connections", "8")
        .with("rate_limit.enabled", "false")
        .start()
        .await;
    let (address, left) = (app.address(), AtomicU64::new(drops));
    let clients = (0..CLIENTS).map(|client| create_and_hang_up(&address, client, &left));
    let acknowledged = join_all(clients).await.concat();
    assert!(acknowledged.len() > 100, "{}", acknowledged.len());

    // What only the server's own connections see is not there.
    let onlooker = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap();
    for name in &acknowledged {
        let name = Name::parse(name).unwrap();
        let mut repositories = onlooker.repositories();
        assert!(repositories.catalogue().exists(&name, date!(1927 - 01 - 10)).await.unwrap(), "{name:?}");
    }
    onlooker.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_clients_that_hang_up_lose_nothing_acknowledged_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("cut_off.db").display());
    nothing_acknowledged_is_lost(&url, 10_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn ten_thousand_clients_that_hang_up_lose_nothing_acknowledged_on_postgres() {
    let database = OwnDatabase::migrated(Server::Postgres).await;
    nothing_acknowledged_is_lost(&database.url, 10_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn ten_thousand_clients_that_hang_up_lose_nothing_acknowledged_on_mariadb() {
    let database = OwnDatabase::migrated(Server::MariaDb).await;
    nothing_acknowledged_is_lost(&database.url, 10_000).await;
}
