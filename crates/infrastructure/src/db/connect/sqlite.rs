//! SQLite: one writer, many readers.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, Sqlite};
use tokio::fs::DirBuilder;
use tokio::time::{Instant, sleep};
use tracing::log::LevelFilter;
use vestibule_domain::store::StoreError;

use super::{DatabaseOptions, ROWS_ANALYSED, SLOW, Writes, unusable};
use crate::db::errors::{connecting, store_error};
use crate::db::pool::{
    Freshness, IntoPool, LogSync, Newcomers, Opening, Pool, Pools, ReadLock, Readers, Writer, pool_options,
    to_disk,
};
use crate::db::sqlite_file::{is_in_memory, sqlite_options};
use crate::private_file;

/// Opens the file, and makes it if the URL says so.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let file = sqlite_options(&options.url).map_err(unusable)?;
    let in_memory = is_in_memory(&options.url);
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
    let freshness = Arc::new(Freshness::new());
    let connection = file.clone().foreign_keys(true).busy_timeout(options.acquire_timeout);
    let connection =
        connection.log_statements(LevelFilter::Trace).log_slow_statements(LevelFilter::Warn, SLOW);
    let setting = WriterSetting::of(options.writes);
    let writer =
        setting.pragmas.iter().fold(connection.clone(), |writer, (name, value)| writer.pragma(*name, *value));
    let writer = writer.pragma("wal_autocheckpoint", setting.checkpoint_at.to_string());
    if in_memory {
        let writer =
            sqlite_pool(options, 1, writer.optimize_on_close(true, ROWS_ANALYSED), &freshness).await?;
        return Ok(options.pools(writer.clone(), writer));
    }
    let is_plain = is_plain(&options.url);
    // The writer does not wait for the disk; those who commit do, together.
    let writer = writer.synchronous(SqliteSynchronous::Normal);
    let writer = if is_plain { writer } else { writer.optimize_on_close(true, ROWS_ANALYSED) };
    let log = log_sync(file.get_filename()).map_err(no_thread)?;
    let writer = sqlite_pool(options, 1, writer, &freshness).await?.with_log(log.clone());
    write_ahead(&writer, options.acquire_timeout).await?;
    let readers = options.max_connections.saturating_sub(1).max(1);
    // Rows come from a thread that reads ahead; with the usual 50 rows, a list of thousands stops that thread over and
    // over.
    let reader = READER.iter().fold(connection, |reader, (name, value)| reader.pragma(*name, *value));
    let reader = sqlite_pool(options, readers, reader.row_buffer_size(1024), &freshness).await?;
    if !is_plain {
        return Ok(options.pools(reader, writer));
    }
    let opening = |pragmas: Vec<(&'static str, &'static str)>| Opening {
        file: file.get_filename().to_owned(),
        read_only: options.url.contains("mode=ro"),
        pragmas: [("foreign_keys", "ON")].into_iter().chain(pragmas).collect(),
    };
    let of_readers = opening(READER.to_vec());
    let is_server = options.threads > 0;
    let lock = is_server.then(|| ReadLock::new(of_readers.clone(), freshness.clone()));
    let lock = lock.transpose().map_err(no_thread)?.map(Arc::new);
    let reader = reader.with_readers(Readers::new(of_readers, freshness.clone(), lock.clone(), readers));
    // The log is written back by the writer's own code, off the callers' threads.
    let own = [("synchronous", "NORMAL"), ("wal_autocheckpoint", "0")];
    let opening = opening(setting.pragmas.iter().copied().chain(own).collect());
    let own = Writer::new(opening, freshness, options.acquire_timeout, setting.checkpoint_at, log, lock);
    Ok(options.pools(reader, writer.with_writer(own.map_err(no_thread)?)))
}

fn no_thread(error: io::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

/// What readers of a file are opened with.
///
/// With `query_only` a write that was sent to the reader fails always, and not only now and then. With `mmap_size` the
/// first 8 MiB of the file are read from the system's cache, which all readers share. More is not mapped, because what
/// is mapped and read counts as memory of this process: a list of a million accounts would add hundreds of MiB to it.
const READER: [(&str, &str); 2] = [("query_only", "ON"), ("mmap_size", "8388608")];

/// What the writer is opened with.
struct WriterSetting {
    pragmas: &'static [(&'static str, &'static str)],
    /// The size in pages at which the log is written back.
    checkpoint_at: u32,
}

impl WriterSetting {
    /// The cache is in KiB, by its sign. That of requests holds what a unit of work changes; a larger one grew until it was
    /// full and made nothing faster. The other sizes are large for callers that add to indexes in random places, so that
    /// pages which change often are written less often. An import of accounts has memory of its own for each of them,
    /// and takes less here. The data that would undo a statement is small if no statement changes many rows, and need
    /// not be in a file.
    fn of(writes: Writes) -> Self {
        match writes {
            Writes::OfRequests => Self { pragmas: &[("cache_size", "-8192")], checkpoint_at: 16_384 },
            Writes::Accounts => Self { pragmas: &[("cache_size", "-49152")], checkpoint_at: 16_384 },
            Writes::Movies => {
                let pragmas = &[("cache_size", "-131072"), ("temp_store", "MEMORY")];
                Self { pragmas, checkpoint_at: 32_768 }
            }
        }
    }
}

/// Whether the URL names a file and how it is opened, and nothing more, which sqlx alone knows.
fn is_plain(url: &str) -> bool {
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    parameters.is_empty() || ["mode=ro", "mode=rw", "mode=rwc"].contains(&parameters)
}

/// What brings the log beside a database file to disk.
fn log_sync(file: &Path) -> io::Result<LogSync> {
    let database = file.to_owned();
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    LogSync::start(move || to_disk(&database, Path::new(&log)))
}

/// Makes a folder for its owner only, if it does not exist. The database and its `-wal` and `-shm` hold password
/// hashes and addresses.
async fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder).await
}

/// Makes the file before SQLite does, because SQLite would make it readable for everybody. The files that SQLite adds
/// beside it get the same rights.
fn keep_private(file: &Path, is_made: bool) {
    if is_made && let Err(error) = private_file::make(file) {
        // SQLite's own error, which follows, says more.
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
    // A connection to a file does not go stale, and a connection to memory holds all the data.
    let pool = pool_options::<Sqlite>(freshness, options.acquire_timeout, None)
        .max_connections(max_connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(connection)
        .await
        .map_err(|error| store_error(connecting(error)))?;
    Ok(pool.into_pool(freshness.clone(), Arc::new(Newcomers::new(Duration::ZERO))))
}

/// Switches the file to write-ahead logging, in which readers and the writer do not block each other. The file keeps
/// the switch. SQLite does not wait for other processes here, so this code does.
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
