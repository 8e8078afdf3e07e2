//! SQLite: one writer, many readers.

use std::io;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::ConnectionTrait;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{ConnectOptions as _, Sqlite};
use tokio::fs::DirBuilder;
use tokio::time::{Instant, sleep};
use tracing::log::LevelFilter;
use vestibule_domain::store::StoreError;

use super::{DatabaseOptions, SLOW, unusable};
use crate::db::errors::{connecting, store_error};
use crate::db::pool::{Freshness, IntoPool, Newcomers, Pool, Pools, pool_options};
use crate::private_file;

/// Opens the file, and makes it if the URL says so.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let file = SqliteConnectOptions::from_str(&options.url).map_err(unusable)?;
    let in_memory = options.url.contains(":memory:") || options.url.contains("mode=memory");
    if !in_memory
        && options.url.contains("mode=rwc")
        && let Some(folder) = file.get_filename().parent()
    {
        make_private_folder(folder).await.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    }
    if !in_memory {
        let is_made = options.url.contains("mode=rwc");
        keep_private(file.get_filename(), is_made);
    }
    let bulk = options.bulk;
    let freshness = Arc::new(Freshness::new());
    let connection = file.foreign_keys(true).busy_timeout(options.acquire_timeout);
    let connection =
        connection.log_statements(LevelFilter::Trace).log_slow_statements(LevelFilter::Warn, SLOW);
    let writer = {
        // Statistics for the planner, gathered when the server stops.
        let connection = connection.clone().optimize_on_close(true, 400);
        // A cache (in KiB, by the sign) and a log that is written back at the same size (in pages), for who adds to
        // indexes in random places: pages that change often are written less often. What would undo a statement
        // is little where none changes many rows, and need not be a file.
        if bulk {
            connection
                .pragma("cache_size", "-131072")
                .pragma("wal_autocheckpoint", "32768")
                .pragma("temp_store", "MEMORY")
        } else {
            connection.pragma("cache_size", "-65536").pragma("wal_autocheckpoint", "16384")
        }
    };
    let writer = sqlite_pool(options, 1, writer, &freshness).await?;
    if in_memory {
        return Ok(options.pools(writer.clone(), writer));
    }
    write_ahead(&writer, options.acquire_timeout).await?;
    let readers = options.max_connections.saturating_sub(1).max(1);
    // A statement that was sent the wrong way fails at once, instead of now and then. Pages are read where the
    // system has them, which all readers share (256 MiB of addresses, no memory of their own). Rows come from a
    // thread that reads ahead: with the usual 50 of them, a list of thousands stops it over and over.
    let reader = connection.pragma("query_only", "ON").pragma("mmap_size", "268435456").row_buffer_size(1024);
    let reader = sqlite_pool(options, readers, reader, &freshness).await?;
    Ok(options.pools(reader, writer))
}

/// Makes a folder for its owner only, unless it is there: the database and the `-wal` and `-shm` beside it
/// hold password hashes and addresses.
async fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder).await
}

/// Makes the file first, if it is to be made: SQLite would make it for everybody to read. What SQLite puts beside
/// it gets the rights of the file.
fn keep_private(file: &Path, is_made: bool) {
    if is_made && let Err(error) = private_file::make(file) {
        // SQLite says more of it.
        tracing::debug!(error = &error as &dyn std::error::Error, "the database file was not made");
    }
    if !private_file::is_database(file) {
        return;
    }
    private_file::tighten(file);
    for end in ["-wal", "-shm", "-journal"] {
        let mut beside = file.as_os_str().to_owned();
        beside.push(end);
        private_file::tighten(Path::new(&beside));
    }
}

async fn sqlite_pool(
    options: &DatabaseOptions,
    max_connections: u32,
    connection: SqliteConnectOptions,
    freshness: &Arc<Freshness>,
) -> Result<Pool, StoreError> {
    // A connection to a file does not go stale; one to memory holds all the data.
    let pool = pool_options::<Sqlite>(freshness, options.acquire_timeout, None)
        .max_connections(max_connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(connection)
        .await
        .map_err(|error| store_error(connecting(error)))?;
    Ok(pool.into_pool(freshness.clone(), Arc::new(Newcomers::new(Duration::ZERO))))
}

/// Switches the file to write-ahead logging, in which readers and the writer do not block each
/// other. The switch stays in the file; SQLite does not wait for another process to make it, so we do.
async fn write_ahead(writer: &Pool, patience: Duration) -> Result<(), StoreError> {
    let deadline = Instant::now() + patience;
    loop {
        match writer.execute_unprepared("PRAGMA journal_mode = WAL").await.map_err(store_error) {
            Err(StoreError::Unavailable(_)) if Instant::now() < deadline => {
                sleep(Duration::from_millis(20)).await;
            }
            done => return done.map(drop),
        }
    }
}
