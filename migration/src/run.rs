//! Running the history.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::{Migration, MigrationStatus};

use crate::Migrator;

/// One change of the history and whether this database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its file's name.
    pub name: String,
    /// Whether it is applied.
    pub is_applied: bool,
}

/// The whole history, oldest change first. Changes nothing, and needs no right to.
///
/// Fails when the database has a change that this build does not know: a newer release was here.
pub async fn status(db: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    let history = Migrator::get_migration_with_status_read_only(db).await?;
    Ok(history.iter().map(step).collect())
}

/// The names of the changes that this database lacks. Changes nothing.
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(status(db).await?.into_iter().filter(|step| !step.is_applied).map(|step| step.name).collect())
}

/// Applies all pending changes. Does nothing when there is none.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    up_by(db, u32::MAX).await
}

/// Applies the next pending changes, `steps` at the most.
pub async fn up_by(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let scope = Scope::open(db).await?;
    Migrator::up(scope.executor(), Some(steps)).await?;
    scope.finish().await
}

/// Takes back the last changes, `steps` at the most, and loses the data in them.
pub async fn down_by(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let scope = Scope::open(db).await?;
    Migrator::down(scope.executor(), Some(steps)).await?;
    scope.finish().await
}

/// Takes back all changes, then applies them again. All data is lost.
pub async fn refresh(db: &DatabaseConnection) -> Result<(), DbErr> {
    let scope = Scope::open(db).await?;
    Migrator::down(scope.executor(), None).await?;
    Migrator::up(scope.executor(), None).await?;
    scope.finish().await
}

/// Drops every table, whoever made it, then applies all changes. All data is lost.
///
/// On SQLite `db` must be one connection, as those of [`connect`](crate::connect::connect) are:
/// foreign keys are switched off for a moment, per connection.
pub async fn fresh(db: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::fresh(db).await
}

fn step(migration: &Migration) -> Step {
    Step { name: migration.name().to_owned(), is_applied: migration.status() == MigrationStatus::Applied }
}

/// What a run is inside of.
///
/// On SQLite one transaction that locks writers out from its start: a run that fails leaves nothing
/// behind, and of two processes that start at once the second waits and finds nothing left to do.
/// sea-orm-migration itself opens a transaction per change on PostgreSQL; MySQL has none for schemas.
enum Scope<'c> {
    Whole(DatabaseTransaction),
    EachChange(&'c DatabaseConnection),
}

impl<'c> Scope<'c> {
    async fn open(db: &'c DatabaseConnection) -> Result<Self, DbErr> {
        if db.get_database_backend() != DbBackend::Sqlite {
            return Ok(Self::EachChange(db));
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Self::Whole(db.begin_with_options(options).await?))
    }

    fn executor(&self) -> SchemaManagerConnection<'_> {
        match self {
            Self::Whole(transaction) => SchemaManagerConnection::Transaction(transaction),
            Self::EachChange(db) => SchemaManagerConnection::Connection(db),
        }
    }

    async fn finish(self) -> Result<(), DbErr> {
        match self {
            Self::Whole(transaction) => transaction.commit().await,
            Self::EachChange(_) => Ok(()),
        }
    }
}
