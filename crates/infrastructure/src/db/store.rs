//! The store.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::connect::{self, DatabaseOptions};
use super::pool::Pools;
use super::scope::SeaScope;
use super::write_probe;

/// The store in a database.
///
/// It opens what it is given and expects the tables there: run the migrations over
/// [`SeaStore::connection`] first.
#[derive(Debug, Clone)]
pub struct SeaStore {
    pub(super) pools: Pools,
    migrations: DatabaseConnection,
}

impl SeaStore {
    /// Connects. `Unavailable` if the database cannot be reached, `Unexpected` if the URL names none.
    /// No error quotes the URL, since there may be a password in it.
    pub async fn connect(options: &DatabaseOptions) -> Result<Self, StoreError> {
        let pools = connect::open(options).await?;
        Ok(Self { migrations: pools.writer.for_migrations(), pools })
    }

    /// A connection that may change the schema, for the migrations.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.migrations
    }

    /// How many sessions a server gives at once, of as many as `wanted`. It waits for those that are not there as
    /// long as a call does, and meanwhile there is no connection for anybody else. `None` on SQLite, which is no server.
    pub async fn count_sessions(&self, wanted: u32) -> Option<u32> {
        match self.pools.writer.get_database_backend() {
            DbBackend::Sqlite => None,
            _ => Some(self.pools.writer.count(wanted).await),
        }
    }

    /// Waits for the statements and units of work that are open, then closes all connections. Every
    /// call after this answers `Unavailable`.
    pub async fn close(&self) {
        // The writer goes last: SQLite writes the log back into the file when the last one closes.
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
            // Without a table it would not leave the process.
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
