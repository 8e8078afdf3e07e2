//! What the adapter asks of a database server, and what becomes of its errors.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tokio::time::timeout;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::{Store, StoreError};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_settings::told;
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::given::account;

contract!(database on [postgres, mariadb]: [
    every_connection_is_strict_in_utc_and_reads_what_is_committed,
    of_two_units_that_wait_for_each_other_one_is_told_to_try_again,
    who_waits_too_long_for_a_row_is_told_that_the_store_is_not_available,
    a_store_whose_connections_were_cut_is_not_available_and_then_works_again,
    a_unit_whose_connection_was_cut_leaves_nothing,
    a_server_that_is_not_there_is_not_available,
    who_waits_in_vain_for_a_connection_is_told_that_all_are_in_use,
    an_error_about_the_password_does_not_quote_it,
    as_many_sessions_as_are_wanted_are_counted_and_not_kept,
]);

const PATIENCE: Duration = Duration::from_secs(1);

async fn store(database: &EmptyDatabase, patience: Duration) -> SeaStore {
    let options = DatabaseOptions {
        max_connections: 4,
        acquire_timeout: patience,
        ..DatabaseOptions::new(database.url())
    };
    SeaStore::connect(&options).await.unwrap()
}

/// The store with our schema and two accounts.
async fn with_accounts(database: &EmptyDatabase, patience: Duration) -> (SeaStore, [AccountId; 2]) {
    migration::up(&database.connect().await).await.unwrap();
    let store = store(database, patience).await;
    let mut repositories = store.repositories();
    let one = repositories.accounts().insert(&account("one@example.com")).await.unwrap();
    let two = repositories.accounts().insert(&account("two@example.com")).await.unwrap();
    (store, [one, two])
}

async fn text(db: &DatabaseConnection, sql: &str) -> String {
    let ask = Statement::from_string(db.get_database_backend(), sql);
    db.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// How many sessions a database has besides the one that asks.
pub(crate) async fn sessions(watcher: &DatabaseConnection) -> usize {
    let count = match watcher.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT concat(count(*)) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        }
        _ => {
            "SELECT concat(count(*)) FROM information_schema.processlist \
             WHERE db = database() AND id <> connection_id()"
        }
    };
    text(watcher, count).await.parse().unwrap()
}

/// Waits until there are no more than so many. The server may take a moment to notice the end of one.
pub(crate) async fn sessions_fall_to(watcher: &DatabaseConnection, count: usize) {
    let are = async { while sessions(watcher).await > count {} };
    timeout(Duration::from_secs(10), are).await.expect("the sessions end");
}

async fn every_connection_is_strict_in_utc_and_reads_what_is_committed(database: EmptyDatabase) {
    let store = store(&database, PATIENCE).await;
    let expected: &[(&str, &str)] = match store.connection().get_database_backend() {
        DbBackend::Postgres => &[
            ("SHOW timezone", "UTC"),
            ("SHOW client_encoding", "UTF8"),
            ("SHOW transaction_isolation", "read committed"),
            ("SHOW lock_timeout", "1s"),
            ("SHOW statement_timeout", "1min"),
            ("SHOW idle_in_transaction_session_timeout", "1min"),
        ],
        _ => &[
            ("SELECT @@time_zone", "+00:00"),
            ("SELECT @@character_set_connection", "utf8mb4"),
            ("SELECT @@tx_isolation", "READ-COMMITTED"),
            ("SELECT @@lc_messages", "en_US"),
            ("SELECT concat(@@innodb_lock_wait_timeout)", "1"),
            ("SELECT concat(@@max_statement_time)", "60.000000"),
            (
                "SELECT @@sql_mode",
                "PIPES_AS_CONCAT,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,\
                 ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
            ),
        ],
    };
    for (sql, value) in expected {
        assert_eq!(text(store.connection(), sql).await, *value, "{sql}");
    }
}

async fn of_two_units_that_wait_for_each_other_one_is_told_to_try_again(database: EmptyDatabase) {
    let (store, [one, two]) = with_accounts(&database, Duration::from_secs(30)).await;
    let (mut first, mut second) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    first.accounts().lock(one).await.unwrap();
    second.accounts().lock(two).await.unwrap();
    // Whoever is given up lets go of its lock, or the other would wait for it.
    let first = async {
        let answer = first.accounts().lock(two).await;
        drop(first);
        answer
    };
    let second = async {
        let answer = second.accounts().lock(one).await;
        drop(second);
        answer
    };
    let (first, second) = tokio::join!(first, second);
    let given_up = [&first, &second].map(|answer| matches!(answer, Err(StoreError::Retryable(_))));
    let done = [&first, &second].map(|answer| matches!(answer, Ok(Some(_))));
    assert!(given_up[0] != given_up[1] && done[0] != done[1], "{first:?} {second:?}");
}

async fn who_waits_too_long_for_a_row_is_told_that_the_store_is_not_available(database: EmptyDatabase) {
    let (store, [one, _]) = with_accounts(&database, PATIENCE).await;
    let (mut first, mut second) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    first.accounts().lock(one).await.unwrap();
    let waited = second.accounts().lock(one).await;
    assert!(matches!(waited, Err(StoreError::Unavailable(_))), "{waited:?}");
}

/// Cuts all connections to the database but one of its own, as a server that stops does.
pub(crate) async fn cut(database: &EmptyDatabase) {
    let db = database.connect().await;
    let others = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT CAST(count(pg_terminate_backend(pid, 5000)) AS text) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()"
        }
        _ => {
            "SELECT coalesce(group_concat('KILL ', id SEPARATOR ';'), '') FROM information_schema.processlist \
             WHERE db = database() AND id <> connection_id()"
        }
    };
    for kill in text(&db, others).await.split(';').filter(|kill| kill.starts_with("KILL")) {
        // One that closes by itself may be gone.
        drop(db.execute_unprepared(kill).await);
    }
}

async fn a_store_whose_connections_were_cut_is_not_available_and_then_works_again(database: EmptyDatabase) {
    let (store, [one, _]) = with_accounts(&database, Duration::from_secs(5)).await;
    cut(&database).await;
    // At most once for each connection that there was, whoever asks, and never anything else.
    let mut tries = 0;
    let mut is_cut = |error: StoreError| {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        tries += 1;
        assert!(tries <= 4);
    };
    while let Err(error) = store.repositories().accounts().by_id(one).await {
        is_cut(error);
    }
    while let Err(error) = store.ping().await {
        is_cut(error);
    }
    let unit = loop {
        match store.begin().await {
            Ok(unit) => break unit,
            Err(error) => is_cut(error),
        }
    };
    unit.commit().await.unwrap();
}

async fn a_unit_whose_connection_was_cut_leaves_nothing(database: EmptyDatabase) {
    let (store, _) = with_accounts(&database, Duration::from_secs(5)).await;
    let mut unit = store.begin().await.unwrap();
    let id = unit.accounts().insert(&account("three@example.com")).await.unwrap();
    cut(&database).await;
    let commit = unit.commit().await;
    assert!(matches!(commit, Err(StoreError::Unavailable(_))), "{commit:?}");
    let read = async {
        loop {
            if let Ok(found) = store.repositories().accounts().by_id(id).await {
                return found;
            }
        }
    };
    assert_eq!(timeout(Duration::from_secs(10), read).await, Ok(None));
}

async fn a_server_that_is_not_there_is_not_available(database: EmptyDatabase) {
    // Nothing listens on the first port.
    let (scheme, _) = database.url().split_once(':').unwrap();
    let url = format!("{scheme}://me:hunter2@127.0.0.1:1/none");
    let options =
        DatabaseOptions { acquire_timeout: Duration::from_millis(200), ..DatabaseOptions::new(url) };
    let error = SeaStore::connect(&options).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("hunter2"));
    assert!(told(&error).contains("Connection refused"), "{}", told(&error));
}

async fn who_waits_in_vain_for_a_connection_is_told_that_all_are_in_use(database: EmptyDatabase) {
    let (store, _) = with_accounts(&database, Duration::from_millis(200)).await;
    let mut units = Vec::new();
    for _ in 0..4 {
        units.push(store.begin().await.unwrap());
    }
    for error in [
        store.begin().await.err().unwrap(),
        store.repositories().accounts().by_id(AccountId(1)).await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert!(told(&error).contains("all 4 connections were in use"), "{}", told(&error));
    }
}

async fn an_error_about_the_password_does_not_quote_it(database: EmptyDatabase) {
    let (scheme, rest) = database.url().split_once("://").unwrap();
    let (_, server) = rest.split_once('@').unwrap();
    let url = format!("{scheme}://nobody:hunter2@{server}");
    let error = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

async fn as_many_sessions_as_are_wanted_are_counted_and_not_kept(database: EmptyDatabase) {
    let store = store(&database, PATIENCE).await;
    assert_eq!(store.count_sessions(4).await, Some(4));
    // The pool has four places: a fifth caller waits in vain.
    assert_eq!(store.count_sessions(5).await, Some(4));
    // On a connection of its own: the store would open a second one while its first is on the way back.
    sessions_fall_to(&database.connect().await, 0).await;
    store.close().await;
}
