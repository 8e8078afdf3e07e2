//! SQLite on the caller's thread, beside sqlx on the same file.

mod log;
mod statistics;
mod values;

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, Statement};
use tokio::task::yield_now;

use super::super::Freshness;
use super::super::rows::{Columns, Places};
use super::super::statements::Statements as _;
use super::{Opening, Readers};
use crate::db::tests::in_file;
use crate::db::{DatabaseOptions, SeaStore};

fn statement(sql: &str) -> Statement {
    Statement::from_string(DbBackend::Sqlite, sql)
}

async fn count(store: &SeaStore, table: &str) -> i64 {
    let rows =
        store.pools.reader.rows_of::<(i64,)>(statement(&format!("SELECT count(*) FROM {table}"))).await;
    rows.unwrap()[0].0
}

/// A store with an empty table of numbers.
async fn with_numbers() -> (SeaStore, DatabaseOptions, tempfile::TempDir) {
    let (store, options, folder) = in_file().await;
    store.pools.writer.execute_unprepared("CREATE TABLE numbers (number INTEGER)").await.unwrap();
    (store, options, folder)
}

fn opening(options: &DatabaseOptions) -> Opening {
    let file = options.url.trim_start_matches("sqlite://").split('?').next().unwrap().into();
    Opening { file, read_only: false, pragmas: Vec::new() }
}

/// Up to so many readers.
fn readers(opening: Opening, most: u32) -> Readers {
    Readers::new(opening, Arc::new(Freshness::new()), None, most)
}

/// Polls once.
async fn once<F: Future + Unpin>(future: &mut F) -> bool {
    poll_fn(|context| Poll::Ready(std::pin::Pin::new(&mut *future).poll(context).is_ready())).await
}

/// A statement of so many values that it runs on the writer's own thread.
fn many_values() -> Statement {
    let values = vec!["(?)"; 300].join(", ");
    let numbers = (0..300_i64).map(Value::from);
    Statement::from_sql_and_values(DbBackend::Sqlite, format!("INSERT INTO numbers VALUES {values}"), numbers)
}

const SLOW: &str = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000000) \
                    SELECT sum(n) FROM counted";

/// A statement of as many values, which takes some time.
fn long_statement() -> Statement {
    let values = vec!["?"; 300].join(", ");
    let insert = format!("INSERT INTO numbers {SLOW} WHERE n > 0 OR n IN ({values})");
    Statement::from_sql_and_values(DbBackend::Sqlite, insert, (0..300_i64).map(Value::from))
}

#[tokio::test]
async fn nothing_is_left_of_a_unit_that_is_dropped_after_any_of_its_statements() {
    let (store, options, _folder) = with_numbers().await;
    let other = SeaStore::connect(&options).await.unwrap();
    for statements in 0..5 {
        let unit = store.pools.begin().await.unwrap();
        for number in 0..statements {
            unit.execute_raw(statement(&format!("INSERT INTO numbers VALUES ({number})"))).await.unwrap();
        }
        drop(unit);
        // Of the same process and of another one.
        for store in [&store, &other] {
            let unit = store.pools.begin().await.unwrap();
            assert_eq!(
                unit.rows_of::<(i64,)>(statement("SELECT count(*) FROM numbers")).await.unwrap()[0].0,
                0
            );
            unit.commit().await.unwrap();
            assert_eq!(count(store, "numbers").await, 0);
        }
    }
}

#[tokio::test]
async fn nothing_is_left_of_a_unit_that_is_dropped_during_a_long_statement() {
    let (store, _, _folder) = with_numbers().await;
    for _ in 0..3 {
        let unit = store.pools.begin().await.unwrap();
        unit.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
        let mut long = Box::pin(unit.execute_raw(long_statement()));
        assert!(!once(&mut long).await, "it ran on this thread");
        drop(long);
        drop(unit);
        let unit = store.pools.begin().await.unwrap();
        assert_eq!(unit.rows_of::<(i64,)>(statement("SELECT count(*) FROM numbers")).await.unwrap()[0].0, 0);
    }
}

#[tokio::test]
async fn a_unit_whose_long_statement_was_dropped_cannot_be_committed() {
    let (store, _, _folder) = with_numbers().await;
    let unit = store.pools.begin().await.unwrap();
    let mut long = Box::pin(unit.execute_raw(long_statement()));
    assert!(!once(&mut long).await, "it ran on this thread");
    drop(long);
    unit.commit().await.unwrap_err();
    drop(store.pools.begin().await.unwrap());
    assert_eq!(count(&store, "numbers").await, 0);
}

#[tokio::test]
async fn a_long_statement_is_committed_with_the_others() {
    let (store, _, _folder) = with_numbers().await;
    let unit = store.pools.begin().await.unwrap();
    unit.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
    assert_eq!(unit.execute_raw(many_values()).await.unwrap().rows_affected, 300);
    unit.commit().await.unwrap();
    assert_eq!(store.pools.writer.execute_raw(many_values()).await.unwrap().rows_affected, 300);
    assert_eq!(count(&store, "numbers").await, 601);
}

#[tokio::test]
async fn a_statement_that_took_long_is_run_elsewhere_the_next_time() {
    let (store, _, _folder) = with_numbers().await;
    let unit = store.pools.begin().await.unwrap();
    let long = || statement(&format!("INSERT INTO numbers {SLOW}"));
    let mut first = Box::pin(unit.execute_raw(long()));
    assert!(once(&mut first).await, "nobody knew that it is long");
    drop(first);
    let mut second = Box::pin(unit.execute_raw(long()));
    assert!(!once(&mut second).await, "it ran on this thread");
    second.await.unwrap();
    // Others stay here.
    let mut short = Box::pin(unit.execute_raw(statement("INSERT INTO numbers VALUES (1)")));
    assert!(once(&mut short).await);
    drop(short);
    unit.commit().await.unwrap();
    assert_eq!(count(&store, "numbers").await, 3);
}

#[tokio::test]
async fn a_commit_that_fails_writes_nothing_and_others_write_on() {
    let (store, _, _folder) = with_numbers().await;
    let tables = "CREATE TABLE parents (id INTEGER PRIMARY KEY); \
                  CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)";
    store.pools.writer.execute_unprepared(tables).await.unwrap();
    for _ in 0..3 {
        let unit = store.pools.begin().await.unwrap();
        unit.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
        unit.execute_raw(statement("INSERT INTO children VALUES (7)")).await.unwrap();
        let error = unit.commit().await.unwrap_err();
        assert!(error.to_string().contains("FOREIGN KEY"), "{error}");
        assert_eq!(count(&store, "numbers").await, 0);
    }
    store.pools.writer.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
    assert_eq!(count(&store, "numbers").await, 1);
}

#[tokio::test]
async fn whoever_closes_waits_for_units_that_are_open_and_lets_nobody_begin() {
    let (store, options, _folder) = with_numbers().await;
    let unit = store.pools.begin().await.unwrap();
    let waits = tokio::spawn({
        let pools = store.pools.clone();
        async move { pools.begin().await.map(drop) }
    });
    yield_now().await;
    let mut closes = Box::pin(store.pools.writer.close());
    assert!(!once(&mut closes).await);
    unit.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
    unit.commit().await.unwrap();
    closes.await;
    assert!(waits.await.unwrap().is_err());
    assert!(store.pools.begin().await.is_err());
    let again = SeaStore::connect(&options).await.unwrap();
    assert_eq!(count(&again, "numbers").await, 1);
}

struct Panics;

impl Columns for Panics {
    fn read(_: &mut impl Places) -> Result<Self, DbErr> {
        panic!("while a row is read")
    }
}

#[tokio::test]
async fn a_panic_rolls_back_and_does_not_keep_others_from_writing_or_reading() {
    let (store, _, _folder) = with_numbers().await;
    for _ in 0..3 {
        let pools = store.pools.clone();
        let panicked = tokio::spawn(async move {
            let unit = pools.begin().await.unwrap();
            unit.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
            unit.rows_of::<Panics>(statement("SELECT number FROM numbers")).await.map(drop)
        });
        assert!(panicked.await.unwrap_err().is_panic());
        let pools = store.pools.clone();
        let panicked =
            tokio::spawn(
                async move { pools.reader.rows_of::<Panics>(statement("SELECT 1")).await.map(drop) },
            );
        assert!(panicked.await.unwrap_err().is_panic());
    }
    store.pools.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(count(&store, "numbers").await, 0);
}

#[tokio::test]
async fn a_slow_read_leaves_the_callers_thread_and_is_answered_rightly() {
    let (store, options, _folder) = in_file().await;
    let readers = readers(opening(&options), 1);
    assert!(readers.rows::<(i64,)>(&statement(SLOW)).is_none());
    // It is not tried over and over.
    assert!((0..15).all(|_| readers.rows::<(i64,)>(&statement(SLOW)).is_none()));
    // The connection is there for others.
    assert_eq!(readers.rows::<(i64,)>(&statement("SELECT 1")).unwrap().unwrap(), [(1,)]);
    // There is one thread, which the read does not hold.
    let turns = AtomicU64::new(0);
    let read = store.pools.reader.rows_of::<(i64,)>(statement(SLOW));
    let others = async {
        loop {
            turns.fetch_add(1, Ordering::Relaxed);
            yield_now().await;
        }
    };
    let rows = tokio::select! { rows = read => rows, () = others => unreachable!() };
    assert_eq!(rows.unwrap(), [(500_000_500_000,)]);
    assert!(turns.load(Ordering::Relaxed) > 10);
}

#[tokio::test]
async fn a_task_that_only_reads_lets_others_have_its_thread() {
    let (store, _, _folder) = in_file().await;
    let turns = AtomicU64::new(0);
    let reads = async {
        for _ in 0..1_000 {
            store.pools.reader.rows_of::<(i64,)>(statement("SELECT 1")).await.unwrap();
        }
    };
    let others = async {
        loop {
            turns.fetch_add(1, Ordering::Relaxed);
            yield_now().await;
        }
    };
    tokio::select! { biased; () = reads => {}, () = others => unreachable!() }
    assert!(turns.load(Ordering::Relaxed) > 0);
}

#[tokio::test]
async fn a_read_beyond_the_connections_and_after_the_end_is_done_elsewhere() {
    let (_store, options, _folder) = in_file().await;
    let none = readers(opening(&options), 0);
    assert!(none.rows::<(i64,)>(&statement("SELECT 1")).is_none());
    let one = readers(opening(&options), 1);
    assert!(one.rows::<(i64,)>(&statement("SELECT 1")).is_some());
    one.close().await;
    assert!(one.rows::<(i64,)>(&statement("SELECT 1")).is_none());
    let missing = Opening { file: "/nowhere/at/all.db".into(), ..opening(&options) };
    let readers = readers(missing, 1);
    for _ in 0..2 {
        assert!(readers.rows::<(i64,)>(&statement("SELECT 1")).is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_see_whole_units_and_whatever_was_acknowledged() {
    let (store, _, _folder) = with_numbers().await;
    let acknowledged = Arc::new(AtomicU64::new(0));
    let writers = (0..3).map(|_| {
        let (pools, acknowledged) = (store.pools.clone(), acknowledged.clone());
        tokio::spawn(async move {
            for round in 0..60 {
                let unit = pools.begin().await.unwrap();
                for number in 0..2 {
                    let insert = format!("INSERT INTO numbers VALUES ({number})");
                    unit.execute_raw(statement(&insert)).await.unwrap();
                    yield_now().await;
                }
                if round % 3 == 0 {
                    drop(unit);
                } else {
                    unit.commit().await.unwrap();
                    acknowledged.fetch_add(2, Ordering::SeqCst);
                }
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        let least = acknowledged.load(Ordering::SeqCst);
        let seen = u64::try_from(count(&store, "numbers").await).unwrap();
        assert!(seen >= least && seen.is_multiple_of(2), "{seen} of {least}");
        yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(count(&store, "numbers").await, 3 * 40 * 2);
}

#[tokio::test]
async fn a_task_that_waits_for_another_process_does_not_hold_its_thread() {
    let (store, options, _folder) = with_numbers().await;
    let other = SeaStore::connect(&options).await.unwrap();
    let unit = store.pools.begin().await.unwrap();
    let ends = async {
        for _ in 0..100 {
            yield_now().await;
        }
        unit.commit().await.unwrap();
    };
    // There is one thread. If it waited for the lock, the lock would never be free.
    let begins = async { drop(other.pools.begin().await.unwrap()) };
    let inserts = async {
        other.pools.writer.execute_raw(statement("INSERT INTO numbers VALUES (1)")).await.unwrap();
    };
    let inserts_many = async {
        other.pools.writer.execute_raw(many_values()).await.unwrap();
    };
    tokio::join!(begins, inserts, inserts_many, ends);
    assert_eq!(count(&store, "numbers").await, 301);
}

#[tokio::test]
async fn a_statement_goes_on_when_the_schema_has_changed() {
    let (store, _, _folder) = with_numbers().await;
    let read = || store.pools.reader.rows_of::<(i64, Option<String>)>(statement("SELECT * FROM numbers"));
    let change = |sql: &'static str| store.connection().execute_unprepared(sql);
    change("ALTER TABLE numbers ADD COLUMN name TEXT").await.unwrap();
    // It names no columns, so SQLite by itself does not look for a newer schema.
    store.pools.writer.execute_raw(statement("INSERT INTO numbers VALUES (7, 'seven')")).await.unwrap();
    assert_eq!(read().await.unwrap(), [(7, Some("seven".to_owned()))]);
    change("ALTER TABLE numbers DROP COLUMN name; ALTER TABLE numbers ADD COLUMN title TEXT").await.unwrap();
    assert_eq!(read().await.unwrap(), [(7, None)]);
    change("DROP TABLE numbers; CREATE TABLE numbers (number INTEGER, title TEXT)").await.unwrap();
    assert_eq!(read().await.unwrap(), []);
    change("DROP TABLE numbers").await.unwrap();
    assert!(read().await.unwrap_err().to_string().contains("no such table"));
}
