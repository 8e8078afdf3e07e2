//! Sending reads by keys together.

use std::sync::Arc;

use sea_orm::{DbBackend, DbErr, QueryResult, Statement, Value};
use tokio::runtime::Handle;
use tracing::instrument;

use super::by_key::ByKey;
use super::connection::Connection;
use super::gathering::{Gathering, Turn};
use super::pools::Pool;
use super::rows::{Columns, behind};
use super::statements::Statements as _;
use super::traced::{operation, text};

/// A statement of a kind that is under way. When this is dropped, the next one is sent.
struct UnderWay<'p, T: 'static, const N: usize> {
    pool: &'p Pool,
    gathering: Arc<Gathering>,
    read: &'static ByKey<T, N>,
}

impl<T, const N: usize> Drop for UnderWay<'_, T, N> {
    fn drop(&mut self) {
        if !self.gathering.end(self.read.kind()) {
            return;
        }
        // Without a runtime whoever waits soon asks alone.
        if let Ok(runtime) = Handle::try_current() {
            drop(runtime.spawn(send(self.pool.clone(), self.gathering.clone(), self.read)));
        }
    }
}

impl Pool {
    /// The rows of a key, which are read together with those of others on this thread.
    pub(super) async fn gathered_rows<T: Columns, const N: usize>(
        &self,
        gathering: Arc<Gathering>,
        read: &'static ByKey<T, N>,
        key: [Value; N],
        alone: impl FnOnce(DbBackend) -> Statement + Send,
    ) -> Result<Vec<T>, DbErr> {
        let _under_way = match gathering.turn(read.kind(), &key) {
            Turn::Now => Some(UnderWay { pool: self, gathering, read }),
            Turn::Later(waiting) => match gathering.wait(read.kind(), waiting).await {
                Some(rows) => return behind(1, &rows),
                None => None,
            },
        };
        self.rows_of(alone(self.get_database_backend())).await
    }
}

/// Sends a statement for all who wait. This is a task, so that nobody of them can stop it for the others.
async fn send<T: 'static, const N: usize>(pool: Pool, gathering: Arc<Gathering>, read: &'static ByKey<T, N>) {
    let _under_way = UnderWay { pool: &pool, gathering: gathering.clone(), read };
    // They are asked for once there is a connection. Whoever has waited too long by then waits for one alone.
    let Ok(mut connection) = pool.acquire().await else { return gathering.give_up(read.kind()) };
    let asking = gathering.asking(read.kind());
    if asking.keys.is_empty() {
        return;
    }
    let rows = match read.many(&asking.keys) {
        Ok(statement) => rows(&mut connection, statement).await,
        Err(error) => Err(error),
    };
    match rows {
        Ok(rows) => asking.tell(rows),
        // Each of them asks alone and is told his own error.
        Err(error) => {
            tracing::debug!(error = &error as &dyn std::error::Error, "reads are sent one by one");
        }
    }
}

#[instrument(
    target = "vestibule::statements",
    level = "trace",
    skip_all,
    fields(
        otel.name = operation(&statement),
        otel.kind = "client",
        db.system.name = "postgresql",
        db.query.text = text(&statement),
    )
)]
async fn rows(connection: &mut Connection, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
    connection.results(&statement).await
}
