//! Units of work.

use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::sqlx::Error;
use sea_orm::{DbBackend, DbErr, Statement};
use tokio::sync::Mutex;
use tracing::instrument;

use super::super::errors::executing;
use super::acquired::Acquired;
use super::log_sync::LogSync;
use super::rows::Columns;
use super::statements::{Done, Statements};
use super::traced::{operation, system, text};

/// An open transaction. Dropping it rolls back.
pub(in super::super) struct Unit {
    /// One task uses a unit. The lock is there because repositories share it, and nobody ever waits for it.
    connection: Mutex<Acquired>,
    backend: DbBackend,
    /// Whether a call of several statements was left half-way.
    is_torn: AtomicBool,
    /// What has to be on disk before a commit is answered, where the database does not see to that.
    log: Option<LogSync>,
}

/// The unit cannot be committed, because a part of it is missing.
#[derive(Debug, thiserror::Error)]
#[error("a part of the unit of work is missing")]
struct Torn;

impl Unit {
    pub(super) fn new(connection: Acquired, backend: DbBackend, log: Option<LogSync>) -> Self {
        Self { connection: Mutex::new(connection), backend, is_torn: AtomicBool::new(false), log }
    }

    #[instrument(
        target = "vestibule::statements",
        level = "trace",
        skip_all,
        fields(otel.name = "COMMIT", otel.kind = "client", db.system.name = system(self.backend))
    )]
    pub(in super::super) async fn commit(self) -> Result<(), DbErr> {
        if self.is_torn.into_inner() {
            return Err(executing(Error::Io(std::io::Error::other(Torn))));
        }
        self.connection.into_inner().commit().await?;
        match &self.log {
            Some(log) => log.sync().await,
            None => Ok(()),
        }
    }

    /// Statements that belong together, within this unit.
    pub(in super::super) fn part(&self) -> Together<'_> {
        // The unit counts as torn until all statements of the part are done.
        let was_torn = self.is_torn.swap(true, Ordering::AcqRel);
        Together::Within { unit: self, was_torn }
    }
}

impl Statements for Unit {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    #[instrument(
        target = "vestibule::statements",
        level = "trace",
        skip_all,
        fields(
            otel.name = operation(&statement),
            otel.kind = "client",
            db.system.name = system(self.get_database_backend()),
            db.query.text = text(&statement),
        )
    )]
    async fn execute_raw(&self, statement: Statement) -> Result<Done, DbErr> {
        self.connection.lock().await.execute(&statement).await
    }

    #[instrument(
        target = "vestibule::statements",
        level = "trace",
        skip_all,
        fields(
            otel.name = operation(&statement),
            otel.kind = "client",
            db.system.name = system(self.get_database_backend()),
            db.query.text = text(&statement),
        )
    )]
    async fn rows_of<T: Columns>(&self, statement: Statement) -> Result<Vec<T>, DbErr> {
        self.connection.lock().await.rows(&statement).await
    }
}

/// Statements that all take effect or not at all. They take effect at `commit`.
pub(in super::super) enum Together<'a> {
    /// In a unit of their own.
    Alone(Unit),
    /// In an open unit. Without `commit` that unit cannot be committed any more. A savepoint could be rolled back
    /// alone, but costs two statements, and on SQLite a copy of every page that is written.
    Within {
        /// The open unit.
        unit: &'a Unit,
        /// Whether the unit was torn before this part.
        was_torn: bool,
    },
}

impl Together<'_> {
    pub(in super::super) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Alone(unit) => unit.commit().await,
            Self::Within { unit, was_torn } => {
                unit.is_torn.store(was_torn, Ordering::Release);
                Ok(())
            }
        }
    }

    fn unit(&self) -> &Unit {
        match self {
            Self::Alone(unit) => unit,
            Self::Within { unit, .. } => unit,
        }
    }
}

impl Statements for Together<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.unit().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<Done, DbErr> {
        self.unit().execute_raw(statement).await
    }

    async fn rows_of<T: Columns>(&self, statement: Statement) -> Result<Vec<T>, DbErr> {
        self.unit().rows_of(statement).await
    }
}
