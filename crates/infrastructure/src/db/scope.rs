//! One implementation of all repositories, for single calls and for units of work.

use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use vestibule_domain::accounts::{AccountRepository, AccountTokenRepository};
use vestibule_domain::catalogue::CatalogueRepository;
use vestibule_domain::contacts::{ContactIndex, ContactRepository};
use vestibule_domain::installation::InstallationRepository;
use vestibule_domain::media::PictureReferences;
use vestibule_domain::messages::OutboxRepository;
use vestibule_domain::sessions::{RefreshTokenRepository, SessionRepository};
use vestibule_domain::store::{Repositories, StoreError, UnitOfWork};

use super::errors::store_error;

/// Where statements go.
pub(super) trait Handle: Send + Sync {
    /// A pool, or a transaction.
    type Connection: ConnectionTrait + TransactionTrait + Sync;

    /// Whether it is a transaction.
    const IS_UNIT: bool;

    /// For statements that change nothing.
    fn reads(&self) -> &Self::Connection;

    /// For all others.
    fn writes(&self) -> &Self::Connection;
}

/// The pools. On SQLite, which has one writer, `writer` is a pool of one connection and writers of
/// this process queue for it, in order, without ever meeting a locked database; on the other
/// backends both are the same pool.
#[derive(Debug, Clone)]
pub(super) struct Pools {
    pub(super) reader: DatabaseConnection,
    pub(super) writer: DatabaseConnection,
    /// How long a unit of work may wait for its beginning.
    pub(super) patience: Duration,
}

impl Handle for Pools {
    type Connection = DatabaseConnection;
    const IS_UNIT: bool = false;

    fn reads(&self) -> &DatabaseConnection {
        &self.reader
    }

    fn writes(&self) -> &DatabaseConnection {
        &self.writer
    }
}

impl Handle for DatabaseTransaction {
    type Connection = Self;
    const IS_UNIT: bool = true;

    fn reads(&self) -> &Self {
        self
    }

    fn writes(&self) -> &Self {
        self
    }
}

/// The repositories. Each is implemented in a file of its own.
pub(super) struct SeaScope<H>(pub(super) H);

impl<H: Handle> SeaScope<H> {
    pub(super) fn reads(&self) -> &H::Connection {
        self.0.reads()
    }

    pub(super) fn writes(&self) -> &H::Connection {
        self.0.writes()
    }

    /// Opens a transaction for a call that needs more than one statement: inside a unit of work it
    /// is a savepoint.
    pub(super) async fn together(
        &self,
    ) -> Result<<H::Connection as TransactionTrait>::Transaction, StoreError> {
        self.writes().begin_with_options(WRITING).await.map_err(store_error)
    }
}

/// SQLite takes the write lock at once. A transaction that reads first and writes later would fail,
/// without waiting, if another process wrote in between. Other backends know nothing of this.
const WRITING: TransactionOptions = TransactionOptions {
    isolation_level: None,
    access_mode: None,
    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
};

/// Opens a unit of work.
pub(super) async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    // On the backends that have several levels of isolation, the connections begin with READ COMMITTED.
    writer.begin_with_options(WRITING).await
}

impl<H: Handle> Repositories for SeaScope<H> {
    fn accounts(&mut self) -> &mut dyn AccountRepository {
        self
    }

    fn account_tokens(&mut self) -> &mut dyn AccountTokenRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    fn refresh_tokens(&mut self) -> &mut dyn RefreshTokenRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self
    }

    fn catalogue(&mut self) -> &mut dyn CatalogueRepository {
        self
    }

    fn contacts(&mut self) -> &mut dyn ContactRepository {
        self
    }

    fn pictures(&mut self) -> &mut dyn PictureReferences {
        self
    }

    fn contact_index(&mut self) -> &mut dyn ContactIndex {
        self
    }

    fn installation(&mut self) -> &mut dyn InstallationRepository {
        self
    }
}

#[async_trait]
impl UnitOfWork for SeaScope<DatabaseTransaction> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.0.commit().await.map_err(store_error)
    }
}
