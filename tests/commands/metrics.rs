//! What `GET /metrics` tells of one process. Tests of surfaces share a recorder, so what goes up and down is looked at here.
#![cfg(unix)]

use std::net::TcpListener;
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use serde_json::json;

use crate::served::Served;

async fn counting(variables: &[(&str, &str)]) -> Served {
    Served::start_with(&[&[("VESTIBULE__METRICS__ENABLED", "true")], variables].concat()).await
}

/// The value of a series, by its whole name.
async fn value(served: &Served, series: &str) -> String {
    let answer = reqwest::get(format!("{}/metrics", served.url().await)).await.unwrap();
    let metrics = answer.text().await.unwrap();
    let line = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {series}: {metrics}")).to_owned()
}

async fn number(served: &Served, series: &str) -> f64 {
    value(served, series).await.parse().unwrap()
}

/// Waits until a series is as it should be.
async fn until(served: &Served, series: &str, is_right: impl Fn(f64) -> bool) {
    let mut last = f64::NAN;
    for _turn in 0..600 {
        last = number(served, series).await;
        if is_right(last) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{series} is {last}");
}

async fn register(url: String, email: &'static str) -> u16 {
    let account = json!({"email": email, "password": "Analytic#1843"}).to_string();
    let request = reqwest::Client::new().post(format!("{url}/api/v1/accounts/register/"));
    let answer = request.header("content-type", "application/json").body(account).send().await;
    answer.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_process_tells_what_it_is_and_what_it_takes() {
    let served = counting(&[("VESTIBULE__PASSWORD__THREADS", "3")]).await;
    let build = format!("vestibule_build_info{{version=\"{}\",commit=\"\"}}", env!("CARGO_PKG_VERSION"));
    assert_eq!(value(&served, &build).await, "1");
    if cfg!(target_os = "linux") {
        assert!(number(&served, "process_resident_memory_bytes").await > 1_000_000.0);
        assert!(number(&served, "process_open_fds").await > 3.0);
    }
    assert_eq!(value(&served, "vestibule_hash_threads").await, "3");
    for idle in ["hash_jobs", "database_connections_in_use", "database_connection_waits"] {
        until(&served, &format!("vestibule_{idle}"), |value| value < 1.0).await;
    }
}

#[tokio::test]
async fn what_waits_to_be_sent_is_told_and_for_how_long() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mail = format!("smtp://{nobody}?tls=none");
    let served = counting(&[("VESTIBULE__MAIL__TRANSPORT", "smtp"), ("VESTIBULE__MAIL__URL", &mail)]).await;
    assert_eq!(value(&served, "vestibule_outbox_waiting_messages").await, "0");
    assert_eq!(value(&served, "vestibule_outbox_oldest_waiting_seconds").await, "0");
    assert_eq!(register(served.url().await, "ada@example.com").await, 201);
    until(&served, "vestibule_outbox_waiting_messages", |messages| messages >= 1.0).await;
    until(&served, "vestibule_outbox_oldest_waiting_seconds", |seconds| seconds > 0.0).await;
    assert_eq!(value(&served, "vestibule_outbox_parked_messages").await, "0");
}

#[tokio::test]
async fn who_has_the_database_and_who_waits_for_it_is_told() {
    let served = counting(&[]).await;
    let file = served.folder().join("data/test/vestibule.db");
    let mut one = ConnectOptions::new(format!("sqlite://{}", file.display()));
    one.max_connections(1);
    let other = Database::connect(one).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let url = served.url().await;
    let [first, second] =
        ["ada@example.com", "grace@example.com"].map(|email| tokio::spawn(register(url.clone(), email)));
    until(&served, "vestibule_database_connections_in_use", |used| used >= 1.0).await;
    until(&served, "vestibule_database_connection_waits", |waits| waits >= 1.0).await;
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!((first.await.unwrap(), second.await.unwrap()), (201, 201));
    for idle in ["hash_jobs", "database_connections_in_use", "database_connection_waits"] {
        until(&served, &format!("vestibule_{idle}"), |value| value < 1.0).await;
    }
}
