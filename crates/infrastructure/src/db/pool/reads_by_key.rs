//! Sending reads by keys together.

use std::sync::Arc;

use sea_orm::{DbBackend, DbErr, QueryResult, Statement, Value};
use tokio::runtime::Handle;
use tracing::instrument;
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::by_key::ByKey;
use super::gathering::{Gathering, Turn, Waiting};
use super::pools::Pool;
use super::rows::{Columns, behind};
use super::statements::Statements as _;
use super::traced::{beginning, system};

/// A statement of a kind that is under way. When this is dropped, the next one is sent, if somebody waits.
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
        match Handle::try_current() {
            Ok(runtime) => {
                drop(runtime.spawn(send(self.pool.clone(), self.gathering.clone(), self.read)));
            }
            // Nobody can send it. Whoever waits asks alone.
            Err(_no_runtime) => {
                self.gathering.give_up(self.read.kind());
                let _none = self.gathering.end(self.read.kind());
            }
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
            Turn::First => Some(UnderWay { pool: self, gathering, read }),
            Turn::Alone => None,
            Turn::Later(waiting) => match wait(&gathering, read, waiting).await {
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
        Ok(statement) => connection.results(&statement).await,
        Err(error) => Err(error),
    };
    let error = match rows.map(|rows| asking.tell(rows)).map_err(store_error) {
        Ok(()) => return,
        Err(error) => error,
    };
    // Each of them asks alone and is told his own error.
    if matches!(error, StoreError::Unexpected(_)) {
        tracing::warn!(error = &error as &dyn std::error::Error, "reads cannot be sent together");
    } else {
        tracing::debug!(error = &error as &dyn std::error::Error, "reads are sent one by one");
    }
}

/// Waits for the statement that answers several. It runs in nobody's request, so this is what a trace shows of it.
#[instrument(
    target = "vestibule::statements",
    level = "trace",
    skip_all,
    fields(
        otel.name = "SELECT",
        otel.kind = "client",
        db.system.name = system(DbBackend::Postgres),
        db.query.text = beginning(read.sql()),
    )
)]
async fn wait<T, const N: usize>(
    gathering: &Gathering,
    read: &'static ByKey<T, N>,
    waiting: Waiting,
) -> Option<Vec<QueryResult>> {
    gathering.wait(read.kind(), waiting).await
}
