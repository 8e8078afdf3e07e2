//! Opening the database.

mod mysql;
mod postgres;
mod server;
mod sqlite;

use std::fmt;
use std::time::Duration;

use vestibule_domain::store::StoreError;

use super::pool::{Pool, Pools};

/// From this duration on a statement is logged as slow: its text, never its values.
const SLOW: Duration = Duration::from_secs(1);

/// How to reach the database.
#[derive(Clone)]
pub struct DatabaseOptions {
    /// `postgres://user:password@host:5432/name`, also as `postgresql://`;
    /// `mysql://user:password@host:3306/name`, also as `mariadb://`; or
    /// `sqlite://data/vestibule.db?mode=rwc`, with whose `mode=rwc` the file and its folder are made
    /// if need be, the folder for its owner only. `sqlite::memory:` works too, with one connection for everything: whoever reads
    /// outside a unit of work while it is open waits for its end, so tests had better use a
    /// temporary file.
    pub url: String,
    /// How many connections at the most. On SQLite all but one are readers.
    pub max_connections: u32,
    /// How long a call may wait for a connection, and a statement for a lock; on SQLite also for
    /// another process that writes.
    pub acquire_timeout: Duration,
    /// After how long a connection to a server is replaced, so that none stays for ever with a server that others
    /// have left. Connections to SQLite stay.
    pub max_lifetime: Duration,
    /// Whether a lot is added at once: 128 MiB of memory for the writer of a SQLite file, in place of 64.
    pub bulk: bool,
}

impl DatabaseOptions {
    /// The database at `url`, with 16 connections for half an hour each, and five seconds of patience.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(5),
            max_lifetime: Duration::from_mins(30),
            bulk: false,
        }
    }

    fn pools(&self, reader: Pool, writer: Pool) -> Pools {
        Pools { reader, writer, patience: self.acquire_timeout }
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
    match options.url.split(':').next().unwrap_or_default() {
        "sqlite" => sqlite::open(options).await,
        "postgres" | "postgresql" => postgres::open(options).await,
        "mysql" | "mariadb" => mysql::open(options).await,
        _ => Err(unusable("there is no driver for it in this build")),
    }
}
