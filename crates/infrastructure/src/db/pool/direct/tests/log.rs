//! The log beside readers that hold a read lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::super::{Freshness, LogSync};
use super::super::{Opening, ReadLock, Readers, Writer};
use super::{count, opening, statement, with_numbers};
use crate::db::pool::statements::Statements as _;

/// Ends the reads also when the test fails.
struct Over(Arc<AtomicBool>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Writes thousands of times beside a server that reads much. `is_server` tells whether that server itself writes, or a
/// command beside it.
async fn log_stays_small(is_server: bool) {
    let (mut store, options, folder) = with_numbers().await;
    let opening = Opening { pragmas: vec![("synchronous", "NORMAL")], ..opening(&options) };
    let log = LogSync::start(|| Ok(())).unwrap();
    let lock = Arc::new(ReadLock::new(opening.clone(), Arc::new(Freshness::new())).unwrap());
    let own = is_server.then(|| lock.clone());
    let readers = Readers::new(opening.clone(), Arc::new(Freshness::new()), Some(lock), 2);
    let writer = Writer::new(opening, Arc::new(Freshness::new()), Duration::from_secs(5), 20, log, own);
    store.pools.writer = store.pools.writer.clone().with_writer(writer.unwrap());
    let over = Over(Arc::default());
    let is_over = over.0.clone();
    let reading = std::thread::spawn(move || {
        let mut reads = 0;
        while !is_over.load(Ordering::Relaxed) {
            // `None` if it is to be read elsewhere, as when this thread had to pause.
            if let Some(rows) = readers.rows::<(Option<i64>,)>(&statement("SELECT max(rowid) FROM numbers")) {
                rows.unwrap();
                reads += 1;
            }
        }
        reads
    });
    for number in 0..4_000 {
        let insert = format!("INSERT INTO numbers VALUES ({number})");
        store.pools.writer.execute_raw(statement(&insert)).await.unwrap();
    }
    drop(over);
    // Enough for the lock to be held.
    assert!(reading.join().unwrap() > 1_000);
    let log = folder.path().join("deep/down/test.db-wal");
    let pages = std::fs::metadata(log).unwrap().len() / 4096;
    assert!(pages < 400, "{pages} pages");
    assert_eq!(count(&store, "numbers").await, 4_000);
}

#[tokio::test]
async fn the_log_is_written_back_into_the_file_and_begun_anew_while_others_read() {
    log_stays_small(true).await;
}

#[tokio::test]
async fn a_command_writes_the_log_back_beside_a_server_that_reads() {
    log_stays_small(false).await;
}
