//! Opening the database.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;
use std::{fmt, io};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, RuntimeErr, SqlxSqliteConnector,
};
use tokio::fs::DirBuilder;
use tokio::time::{Instant, sleep};
use tracing::log::LevelFilter;
use vestibule_domain::store::StoreError;

use super::errors::store_error;
use super::scope::Pools;

/// From this duration on a statement is logged as slow: its text, never its values.
const SLOW: Duration = Duration::from_secs(1);

/// How to reach the database.
#[derive(Clone)]
pub struct DatabaseOptions {
    /// `sqlite://data/vestibule.db?mode=rwc`, with whose `mode=rwc` the file and its folder are made
    /// if need be, the folder for its owner only. `sqlite::memory:` works too, with one connection for everything: whoever reads
    /// outside a unit of work while it is open waits for its end, so tests had better use a
    /// temporary file.
    pub url: String,
    /// How many connections at the most. On SQLite all but one are readers.
    pub max_connections: u32,
    /// How long a call may wait for a connection; on SQLite also for another process that writes.
    pub acquire_timeout: Duration,
}

impl DatabaseOptions {
    /// The database at `url`, with 16 connections and five seconds of patience.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), max_connections: 16, acquire_timeout: Duration::from_secs(5) }
    }

    fn pool(&self, max_connections: u32) -> ConnectOptions {
        let mut options = ConnectOptions::new(&self.url);
        options
            .max_connections(max_connections)
            .acquire_timeout(self.acquire_timeout)
            .sqlx_logging_level(LevelFilter::Trace)
            .sqlx_slow_statements_logging_settings(LevelFilter::Warn, SLOW);
        options
    }
}

/// Without the URL: there may be a password in it.
impl fmt::Debug for DatabaseOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseOptions")
            .field("max_connections", &self.max_connections)
            .field("acquire_timeout", &self.acquire_timeout)
            .finish_non_exhaustive()
    }
}

/// The URL is not one that this build can use.
#[derive(Debug, thiserror::Error)]
#[error("the database URL cannot be used: {0}")]
struct UnusableUrl(String);

fn unusable(reason: impl fmt::Display) -> StoreError {
    StoreError::Unexpected(Box::new(UnusableUrl(reason.to_string())))
}

/// Connects to the database.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let (reader, writer) = if options.url.starts_with("sqlite:") {
        open_sqlite(options).await?
    } else {
        let pool = Database::connect(options.pool(options.max_connections.max(1)));
        let pool = pool.await.map_err(|error| match error {
            // sea-orm's own words about a URL quote it.
            DbErr::Conn(RuntimeErr::Internal(_)) => unusable("there is no driver for it in this build"),
            error => store_error(error),
        })?;
        (pool.clone(), pool)
    };
    Ok(Pools { reader, writer, patience: options.acquire_timeout })
}

async fn open_sqlite(
    options: &DatabaseOptions,
) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    let file = SqliteConnectOptions::from_str(&options.url).map_err(unusable)?;
    let in_memory = options.url.contains(":memory:") || options.url.contains("mode=memory");
    if !in_memory
        && options.url.contains("mode=rwc")
        && let Some(folder) = file.get_filename().parent()
    {
        make_private_folder(folder).await.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    }
    let writer = sqlite_pool(options, 1, |connection| {
        // Statistics for the planner, gathered when the server stops. The cache (64 MiB) and a log that is
        // written back at that size are for imports, which add to unique indexes in random places:
        // pages that change often are written less often.
        connection
            .optimize_on_close(true, 400)
            .pragma("cache_size", "-65536")
            .pragma("wal_autocheckpoint", "16384")
    })
    .await?;
    if in_memory {
        return Ok((writer.clone(), writer));
    }
    write_ahead(&writer, options.acquire_timeout).await?;
    let readers = options.max_connections.saturating_sub(1).max(1);
    // A statement that was sent the wrong way fails at once, instead of now and then.
    let reader = sqlite_pool(options, readers, |connection| connection.pragma("query_only", "ON")).await?;
    Ok((reader, writer))
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

async fn sqlite_pool(
    options: &DatabaseOptions,
    max_connections: u32,
    adjust: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> Result<DatabaseConnection, StoreError> {
    let mut pool = options.pool(max_connections);
    let busy_timeout = options.acquire_timeout;
    // A connection to a file does not go stale; one to memory holds all the data.
    pool.min_connections(1).idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    pool.map_sqlx_sqlite_opts(move |connection| {
        adjust(connection.foreign_keys(true).busy_timeout(busy_timeout))
    });
    SqlxSqliteConnector::connect(pool).await.map_err(store_error)
}

/// Switches the file to write-ahead logging, in which readers and the writer do not block each
/// other. The switch stays in the file; SQLite does not wait for another process to make it, so we do.
async fn write_ahead(writer: &DatabaseConnection, patience: Duration) -> Result<(), StoreError> {
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
