//! Running the history.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbBackend};
use sea_orm_migration::{Migration, MigrationStatus};

use crate::Migrator;
use crate::exclusive::Run;

/// One change of the history, and whether this database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name of its file.
    pub name: String,
    /// Whether it is applied.
    pub is_applied: bool,
}

/// The whole history, oldest change first. Changes nothing, and needs no right to change anything.
///
/// Fails if the database has a change that this build does not know, because a newer release was here.
pub async fn status(db: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    let history = Migrator::get_migration_with_status_read_only(db).await?;
    Ok(history.iter().map(step).collect())
}

/// The names of the changes that this database does not have yet. Changes nothing.
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(status(db).await?.into_iter().filter(|step| !step.is_applied).map(|step| step.name).collect())
}

/// Applies all pending changes. Does nothing when there is none.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    up_by(db, u32::MAX).await
}

/// Applies the next pending changes, `steps` at the most.
pub async fn up_by(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let run = Run::begin(db).await?;
    let done = Migrator::up(run.executor(), Some(steps)).await;
    run.end(done).await
}

/// Takes back the last changes, `steps` at the most, and loses the data in them.
pub async fn down_by(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let run = Run::begin(db).await?;
    let done = Migrator::down(run.executor(), Some(steps)).await;
    run.end(done).await
}

/// Takes back all changes, then applies them again. All data is lost.
pub async fn refresh(db: &DatabaseConnection) -> Result<(), DbErr> {
    let run = Run::begin(db).await?;
    let mut done = Migrator::down(run.executor(), None).await;
    if done.is_ok() {
        done = Migrator::up(run.executor(), None).await;
    }
    run.end(done).await
}

/// Drops every table, whoever made it, and then applies all changes. All data is lost.
///
/// On SQLite `db` must be one connection, as [`connect`](crate::connect::connect) opens it, because foreign keys are
/// switched off for a moment, per connection.
pub async fn fresh(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Sqlite {
        // The switch has no effect inside a transaction.
        return Migrator::fresh(db).await;
    }
    let run = Run::begin(db).await?;
    let done = Migrator::fresh(run.executor()).await;
    run.end(done).await
}

fn step(migration: &Migration) -> Step {
    Step { name: migration.name().to_owned(), is_applied: migration.status() == MigrationStatus::Applied }
}
