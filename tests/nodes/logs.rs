//! Servers whose log goes nowhere: a pipe that nobody reads, one without a reader, a full device.

use std::fs::File;
use std::io;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::{Instant, timeout};

use super::members::{register, somebody};
use super::node::Node;
use super::patience::eventually;

/// Far longer than an answer takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn variables() -> Vec<(String, String)> {
    let variables = [
        ("VESTIBULE_ENV", "test"),
        ("VESTIBULE__SERVER__WORKERS", "2"),
        ("VESTIBULE__LOG__LEVEL", "info"),
        ("VESTIBULE__LOG__FORMAT", "json"),
        ("VESTIBULE__METRICS__ENABLED", "true"),
        ("VESTIBULE__RATE_LIMIT__ENABLED", "false"),
        ("VESTIBULE__PASSWORD__BCRYPT_COST", "4"),
        ("VESTIBULE__DATABASE__MIGRATE_ON_START", "true"),
        ("VESTIBULE__DATA_FOLDER", "data"),
    ];
    variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

/// How long the answer took to a request that has a line in the log.
async fn ask(node: &Node) -> Duration {
    let asked = Instant::now();
    let answer = timeout(PATIENCE, node.request("GET", "/metrics").send()).await;
    assert_eq!(answer.expect("it answers").unwrap().status(), 200);
    asked.elapsed()
}

/// Lines that were dropped, by the reason.
async fn dropped(node: &Node, reason: &str) -> u64 {
    let metrics = node.request("GET", "/metrics").send().await.unwrap().text().await.unwrap();
    let series = format!("vestibule_log_lines_dropped_total{{reason=\"{reason}\"}} ");
    let line = metrics.lines().find_map(|line| line.strip_prefix(&series)).expect("the series is there");
    line.parse().unwrap()
}

fn p99(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() * 99 / 100]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_nobody_reads_answers_as_one_whose_log_is_read_and_stops() {
    let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let mut read = Node::start_logging_to(&variables(), folders[0].path(), Stdio::piped()).await;
    let mut unread = Node::start_logging_to(&variables(), folders[1].path(), Stdio::piped()).await;
    let mut log = read.piped_log();
    let reader = std::thread::spawn(move || io::copy(&mut log, &mut io::sink()).unwrap());
    let log = unread.piped_log();

    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..3000 {
        times[0].push(ask(&read).await);
        times[1].push(ask(&unread).await);
    }
    let [read_p99, unread_p99] = times.map(p99);
    println!("p99 with the log read {read_p99:?}, unread {unread_p99:?}");
    // A busy machine makes single answers late; a log that is waited for makes none at all.
    assert!(unread_p99 <= 2 * read_p99 + Duration::from_millis(20), "{unread_p99:?}, {read_p99:?}");
    assert_eq!(register(&unread, &somebody()).await.status, 201);
    unread.terminate().await;
    read.terminate().await;
    drop(log);
    assert!(reader.join().unwrap() > 64 * 1024, "a pipe holds no less");
}

/// Accounts are made, the answer arrives, what is lost is counted, and the server stops as others do.
async fn goes_on_without_its_log(node: Node) {
    assert_eq!(register(&node, &somebody()).await.status, 201);
    for _ in 0..50 {
        ask(&node).await;
    }
    // A line is counted after the answer to its request, and whoever looks adds one.
    let mut asked = 50;
    eventually("every line is counted", async || {
        let are_counted = dropped(&node, "failed").await >= asked;
        asked += 1;
        are_counted.then_some(())
    })
    .await;
    assert_eq!(dropped(&node, "full").await, 0);
    node.terminate().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_has_lost_its_reader_goes_on() {
    let folder = TempDir::new().unwrap();
    let mut node = Node::start_logging_to(&variables(), folder.path(), Stdio::piped()).await;
    drop(node.piped_log());
    goes_on_without_its_log(node).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(target_os = "linux"), ignore = "no /dev/full")]
async fn a_server_whose_log_is_on_a_full_device_goes_on() {
    let folder = TempDir::new().unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();
    goes_on_without_its_log(Node::start_logging_to(&variables(), folder.path(), full.into()).await).await;
}
