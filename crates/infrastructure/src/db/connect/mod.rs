//! Opening the database.

mod mysql;
mod postgres;
mod server;
mod sqlite;

use std::fmt;
use std::time::Duration;

use vestibule_domain::store::StoreError;

use super::pool::{Pool, Pools};

/// Statements that take this long are logged as slow, by their text and never by their values.
pub(super) const SLOW: Duration = Duration::from_secs(1);
/// How many rows of an index are read for the planner's statistics of SQLite.
pub(super) const ROWS_ANALYSED: u32 = 400;
/// Takes the statistics that SQLite plans by, where they would help (2), of all tables that grew (0x10000). By itself it
/// looks at those that the same connection read, and others read: see
/// <https://sqlite.org/pragma.html#pragma_optimize>.
pub(super) const STATISTICS: &str = "PRAGMA analysis_limit = 400; PRAGMA optimize = 0x10002";

/// How to reach the database.
#[derive(Clone)]
pub struct DatabaseOptions {
    /// The address, which is one of:
    ///
    /// - `postgres://user:password@host:5432/name`, also as `postgresql://`;
    /// - `mysql://user:password@host:3306/name`, also as `mariadb://`;
    /// - `sqlite://data/vestibule.db?mode=rwc`. With `mode=rwc` the file and its folder are made if they do not
    ///   exist, the folder for its owner only.
    ///
    /// `sqlite::memory:` works too, with one connection for everything: a read outside of an open unit of work waits
    /// for the unit's end, so tests should use a temporary file instead.
    pub url: String,
    /// How many connections are open at most. On SQLite all but one are readers.
    pub max_connections: u32,
    /// How many threads answer requests, each of which may have connections to a server of its own
    /// ([`SeaStore::own_connections`](super::SeaStore::own_connections)). None do in a command. A server with a SQLite file
    /// holds its read lock while it reads much, and a command waits for that when it writes the log back.
    pub threads: u32,
    /// How long a call may wait for a connection and a statement for a lock. On SQLite, also how long another process
    /// that writes is waited for.
    pub acquire_timeout: Duration,
    /// How long a connection to a server lives, so that none stays for ever with a server that other clients have
    /// left. Connections to SQLite stay.
    pub max_lifetime: Duration,
    /// What is written. The memory of a SQLite file's writer goes by it.
    pub writes: Writes,
}

/// What a process writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// What requests change.
    OfRequests,
    /// Accounts in batches.
    Accounts,
    /// Movies in batches.
    Movies,
}

impl DatabaseOptions {
    /// The database at `url`, with 16 connections that live half an hour each, and waits of five seconds.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 16,
            threads: 0,
            acquire_timeout: Duration::from_secs(5),
            max_lifetime: Duration::from_mins(30),
            writes: Writes::OfRequests,
        }
    }

    fn pools(&self, reader: Pool, writer: Pool) -> Pools {
        Pools { reader, writer, patience: self.acquire_timeout }
    }
}

/// Leaves the URL out, because it may hold a password.
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
