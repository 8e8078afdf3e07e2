//! The store.

use async_trait::async_trait;
use sea_orm::{DatabaseConnection, DbBackend};
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::connect::{self, DatabaseOptions};
use super::pool::{OwnConnections, Pools, Statements as _};
use super::scope::SeaScope;
use super::write_probe;

/// The store in a database.
///
/// It expects the tables to exist: run the migrations over [`SeaStore::connection`] first.
#[derive(Debug, Clone)]
pub struct SeaStore {
    pub(super) pools: Pools,
    migrations: DatabaseConnection,
}

impl SeaStore {
    /// Connects. `Unavailable` if the database cannot be reached, `Unexpected` if the URL cannot be used. No error
    /// quotes the URL, because it may hold a password.
    pub async fn connect(options: &DatabaseOptions) -> Result<Self, StoreError> {
        let pools = connect::open(options).await?;
        Ok(Self { migrations: pools.writer.for_migrations(), pools })
    }

    /// A connection for the migrations, which change the schema.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.migrations
    }

    /// How many sessions a server gives at the same time, up to `wanted`. Missing sessions are waited for as long as
    /// a call waits, and meanwhile nobody else gets a connection. `None` on SQLite, which is not a server.
    pub async fn count_sessions(&self, wanted: u32) -> Option<u32> {
        self.pools.writer.count(wanted).await
    }

    /// Gives the thread of the caller connections of its own to a server, until what is answered is dropped: each that
    /// answers requests asks for some ([`DatabaseOptions::threads`]). It has to be called in that thread's runtime.
    pub fn own_connections(&self) -> OwnConnections {
        self.pools.writer.own_connections()
    }

    /// Closes the connections that threads have of their own, before their runtimes end. Who asks from now on is given
    /// those of all. Waits a second at the most for what is in use, which is closed when it is given back.
    pub async fn close_own_connections(&self) {
        self.pools.writer.close_own_connections().await;
    }

    /// Is called when the threads have ended that answered requests: connections that were opened there have ended, too.
    pub fn threads_ended(&self) {
        self.pools.writer.discard_of_threads();
    }

    /// Waits for open statements and units of work, then closes all connections. Every later call answers
    /// `Unavailable`.
    pub async fn close(&self) {
        // The writer is closed last, because SQLite writes the log back into the file when the last connection
        // closes.
        self.pools.reader.close().await;
        self.pools.writer.close().await;
    }
}

#[async_trait]
impl Store for SeaStore {
    fn repositories(&self) -> Box<dyn Repositories> {
        Box::new(SeaScope(self.pools.clone()))
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(SeaScope(self.pools.begin().await?)))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let reader = &self.pools.reader;
        let read = match reader.get_database_backend() {
            // A query without a table would not reach the file.
            DbBackend::Sqlite => "SELECT count(*) FROM sqlite_master",
            _ => "SELECT 1",
        };
        self.pools.within_patience(reader.execute_unprepared(read)).await.map(drop)
    }

    async fn probe_writes(&self) -> Result<(), StoreError> {
        let probe = write_probe::write();
        self.pools.within_patience(self.pools.writer.execute(&probe)).await.map(drop)
    }
}
