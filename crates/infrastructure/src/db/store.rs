//! The store.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tokio::time::timeout;
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::connect::{self, DatabaseOptions};
use super::errors::store_error;
use super::scope::{self, Pools, SeaScope};

/// The store in a database.
///
/// It opens what it is given and expects the tables there: run the migrations over
/// [`SeaStore::connection`] first.
#[derive(Debug, Clone)]
pub struct SeaStore {
    pub(super) pools: Pools,
}

impl SeaStore {
    /// Connects. `Unavailable` if the database cannot be reached, `Unexpected` if the URL names none.
    /// No error quotes the URL, since there may be a password in it.
    pub async fn connect(options: &DatabaseOptions) -> Result<Self, StoreError> {
        Ok(Self { pools: connect::open(options).await? })
    }

    /// A connection that may change the schema, for the migrations.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.pools.writer
    }

    /// Waits for the statements and units of work that are open, then closes all connections. Every
    /// call after this answers `Unavailable`.
    pub async fn close(&self) -> Result<(), StoreError> {
        // The writer goes last: SQLite writes the log back into the file when the last one closes.
        self.pools.reader.close_by_ref().await.map_err(store_error)?;
        self.pools.writer.close_by_ref().await.map_err(store_error)
    }
}

#[async_trait]
impl Store for SeaStore {
    fn repositories(&self) -> Box<dyn Repositories> {
        Box::new(SeaScope(self.pools.clone()))
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        // One limit for both queues: that of the pool, and on SQLite that for the lock on the file.
        let unit = timeout(self.pools.patience, scope::begin(&self.pools.writer))
            .await
            .map_err(|elapsed| StoreError::Unavailable(Box::new(elapsed)))?
            .map_err(store_error)?;
        Ok(Box::new(SeaScope(unit)))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let reader = &self.pools.reader;
        match reader.get_database_backend() {
            // SQLite's own ping does not leave the process; this reads the file.
            DbBackend::Sqlite => {
                let read = Statement::from_string(DbBackend::Sqlite, "SELECT count(*) FROM sqlite_master");
                reader.query_one_raw(read).await.map(drop)
            }
            _ => reader.ping().await,
        }
        .map_err(store_error)
    }
}
