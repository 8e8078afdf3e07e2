//! Connections.

use std::io;
use std::time::Duration;

use sea_orm::{DbBackend, Statement};
use vestibule_domain::store::{Store, StoreError};

use super::super::errors::store_error;
use super::super::pool::{Columns, LogSync, Pool, Statements as _};
use super::{DatabaseOptions, SeaStore, account, in_file, make_tables};

/// What a pragma that answers with one value says.
async fn pragma<T>(db: &Pool, name: &str) -> T
where
    (T,): Columns,
{
    let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"));
    db.rows_of::<(T,)>(statement).await.unwrap().remove(0).0
}

#[tokio::test]
async fn a_file_is_written_ahead_with_foreign_keys_and_by_the_writer_only() {
    let (store, _, _folder) = in_file().await;
    for db in [&store.pools.reader, &store.pools.writer] {
        assert_eq!(pragma::<String>(db, "journal_mode").await, "wal");
        assert_eq!(pragma::<i32>(db, "foreign_keys").await, 1);
        // Nobody waits on a thread of ours.
        assert_eq!(pragma::<i32>(db, "busy_timeout").await, 0);
    }
    // In KiB, for the size is negative.
    assert_eq!(pragma::<i64>(&store.pools.writer, "cache_size").await, -8_192);
    assert_eq!(pragma::<i64>(&store.pools.reader, "mmap_size").await, 8 << 20);
    // The writer's own code writes the log back.
    assert_eq!(pragma::<i64>(&store.pools.writer, "wal_autocheckpoint").await, 0);
    // NORMAL: SQLite does not wait for the disk at each commit. `pool/log_sync.rs` does.
    assert_eq!(pragma::<i32>(&store.pools.writer, "synchronous").await, 1);
    let error = store.pools.reader.execute_unprepared("DELETE FROM users").await.unwrap_err();
    assert!(error.to_string().contains("readonly"), "{error}");
}

/// `.cargo/config.toml` says how SQLite is built, and why.
#[tokio::test]
async fn sqlite_is_built_without_locks_around_its_memory_and_prepares_a_statement_once() {
    let (store, _, _folder) = in_file().await;
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
    let rows = store.pools.reader.rows_of::<(String,)>(statement).await.unwrap();
    let options: Vec<String> = rows.into_iter().map(|(option,)| option).collect();
    for built_with in ["DEFAULT_MEMSTATUS=0", "ENABLE_QPSG"] {
        assert!(options.iter().any(|option| option == built_with), "{built_with}: {options:?}");
    }
    assert!(!options.iter().any(|option| option == "ENABLE_MEMORY_MANAGEMENT"), "{options:?}");
}

#[tokio::test]
async fn what_does_not_get_to_the_disk_is_not_answered_as_written() {
    for is_unit in [true, false] {
        let (mut store, _, _folder) = in_file().await;
        let log = LogSync::start(|| Err(io::Error::other("the disk is broken").into())).unwrap();
        store.pools.writer = store.pools.writer.clone().with_log(log);
        let answer = if is_unit {
            let mut unit = store.begin().await.unwrap();
            unit.accounts().insert(&account(1)).await.unwrap();
            unit.commit().await
        } else {
            store.pools.writer.execute_unprepared("DELETE FROM users").await.map(drop).map_err(store_error)
        };
        assert!(matches!(answer, Err(StoreError::Unavailable(_))), "{answer:?}");
        // What would come behind it in the log might be lost.
        assert!(matches!(store.begin().await.err(), Some(StoreError::Unavailable(_))));
    }
}

#[tokio::test]
async fn a_database_in_memory_works_with_one_connection() {
    let store = SeaStore::connect(&DatabaseOptions::new("sqlite::memory:")).await.unwrap();
    make_tables(&store).await;
    let id = store.repositories().accounts().insert(&account(1)).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    assert!(unit.accounts().by_id(id).await.unwrap().is_some());
    unit.commit().await.unwrap();
    store.ping().await.unwrap();
}

#[tokio::test]
async fn who_waits_too_long_for_the_writer_is_told_that_the_store_is_not_available() {
    let (_, options, _folder) = in_file().await;
    let options = DatabaseOptions { acquire_timeout: Duration::from_secs(1), ..options };
    let store = SeaStore::connect(&options).await.unwrap();
    let other = SeaStore::connect(&options).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    // In the same process, then in another one.
    for waiting in [&store, &other] {
        assert!(matches!(waiting.begin().await.err(), Some(StoreError::Unavailable(_))));
        let insert = waiting.repositories().accounts().insert(&account(1)).await;
        assert!(matches!(insert, Err(StoreError::Unavailable(_))), "{insert:?}");
    }
    unit.accounts().insert(&account(1)).await.unwrap();
    unit.commit().await.unwrap();
    // Nobody's wait has left anything behind.
    for waiting in [&store, &other] {
        waiting.begin().await.unwrap().commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_unit_that_is_given_up_while_it_is_being_opened_holds_nothing() {
    let (store, _, _folder) = in_file().await;
    for _ in 0..50 {
        // Polled once, then dropped.
        let mut begin = store.begin();
        let once = std::future::poll_fn(|context| std::task::Poll::Ready(begin.as_mut().poll(context)));
        drop(once.await);
        drop(begin);
    }
    store.repositories().accounts().insert(&account(1)).await.unwrap();
}

#[tokio::test]
async fn a_closed_store_is_not_available() {
    let (store, _, _folder) = in_file().await;
    store.close().await;
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.begin().await.err(), Some(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn no_error_quotes_the_url() {
    let urls = [
        "oracle://user:secret@host/db",
        "postgres://user:secret@ho st/db",
        "postgres://user@host/db?sslmode=secret",
        "mysql://user:secret@ho st/db",
        "mysql://user@host/db?ssl-mode=secret",
        "nonsense secret",
        "sqlite://x?secret=1",
        "sqlite://x?mode=secret",
        "sqlite:file:x.db?mode=rwc",
    ];
    for url in urls {
        let error = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap_err();
        let StoreError::Unexpected(cause) = &error else { panic!("{error:?}") };
        assert!(cause.to_string().starts_with("the database URL cannot be used: "), "{cause}");
        if !url.starts_with("sqlite") {
            assert!(!format!("{error:?} {cause}").contains("secret"), "{cause}");
        }
    }
    assert!(!format!("{:?}", DatabaseOptions::new("mysql://user:secret@host/db")).contains("secret"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_is_made_is_its_owners_and_one_that_is_there_is_left_as_it_is() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &std::path::Path| metadata(path).unwrap().permissions().mode() & 0o777;
    let (store, options, folder) = in_file().await;
    let down = folder.path().join("deep/down");
    assert_eq!(mode(&down), 0o700);
    store.close().await;
    set_permissions(&down, Permissions::from_mode(0o750)).unwrap();
    SeaStore::connect(&options).await.unwrap();
    assert_eq!(mode(&down), 0o750);
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_and_the_log_of_a_link_are_private_and_brought_to_disk() {
    use std::fs::metadata;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let link = here.path().join("link.db");
    // The file does not exist yet.
    symlink(there.path().join("second.db"), &link).unwrap();
    symlink("file.db", there.path().join("second.db")).unwrap();
    let options = DatabaseOptions::new(format!("sqlite://{}?mode=rwc", link.display()));
    let store = SeaStore::connect(&options).await.unwrap();
    make_tables(&store).await;
    for end in ["", "-wal", "-shm"] {
        let path = there.path().join(format!("file.db{end}"));
        assert_eq!(metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
    // What a sync opens: a folder in the place of the log cannot be opened for writing, so the sync fails.
    std::fs::rename(there.path().join("file.db-wal"), there.path().join("moved")).unwrap();
    std::fs::create_dir(there.path().join("file.db-wal")).unwrap();
    assert!(store.pools.writer.execute_unprepared("CREATE TABLE more (id INTEGER)").await.is_err());
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_made_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.db");
    let options = DatabaseOptions::new(format!("sqlite://{}", file.display()));
    assert!(matches!(SeaStore::connect(&options).await, Err(StoreError::Unavailable(_))));
    assert!(!file.exists());
}

/// SQLite plans by them, and what is read is read by other connections than the one that takes them.
#[tokio::test]
async fn statistics_of_a_table_that_grew_are_taken_anew_when_the_file_is_closed() {
    let (mut store, options, _folder) = in_file().await;
    let run = async |store: &SeaStore, sql: &str| {
        store.pools.writer.execute_unprepared(sql).await.unwrap();
    };
    run(&store, "CREATE TABLE grown (id INTEGER PRIMARY KEY, owner INTEGER)").await;
    run(&store, "CREATE INDEX ix_grown_owner ON grown (owner)").await;
    for rows in [1, 5_000] {
        let insert = format!(
            "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT {rows})
             INSERT INTO grown (owner) SELECT 1 FROM numbers"
        );
        run(&store, &insert).await;
        store.close().await;
        store = SeaStore::connect(&options).await.unwrap();
    }
    let ask = "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = 'grown'";
    let ask = Statement::from_string(DbBackend::Sqlite, ask);
    let rows = store.pools.reader.rows_of::<(i64,)>(ask).await.unwrap()[0].0;
    assert!(rows > 1_000, "{rows}");
}
