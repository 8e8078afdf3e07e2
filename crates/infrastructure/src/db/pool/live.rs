//! A connection that was taken from its pool.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Connection as _, Error, SqlSafeStr as _};
use sea_orm::{ExecResult, QueryResult, Statement};
use sqlx_core::transaction::TransactionManager;
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::driver::Driver;
use super::faults::Fault;
use super::freshness::Freshness;

/// How long the server may take to answer the rollback after which a connection goes back. Then the connection is
/// closed.
const RECOVERY: Duration = Duration::from_secs(5);
/// How long the server may take to answer a call: longer than it lets a statement run (`connect/server.rs`). Without
/// this limit, a server that has vanished would hold the caller until TCP gives up, a quarter of an hour.
const CALL: Duration = Duration::from_secs(70);

/// A connection, and what is known about its state. When this is dropped, the connection goes back to the pool if it
/// is in autocommit, and is closed otherwise.
pub(super) struct Live<D: Driver> {
    /// `None` once it was given back or closed.
    connection: Option<PoolConnection<D>>,
    known: Known,
    freshness: Arc<Freshness>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Every call was answered.
    Settled,
    /// A call was sent and is not answered.
    Asked,
    /// `BEGIN` was sent and not answered. The driver counts no transaction, but there may be one.
    Begun,
    /// An error may have ended the transaction. Nothing more is sent, because it would be written outside of the
    /// transaction.
    Over,
    /// The connection cannot be used any more.
    Broken,
}

/// A call on a transaction that an error has ended already.
#[derive(Debug, thiserror::Error)]
#[error("the unit of work ended with an earlier error")]
struct UnitIsOver;

impl<D: Driver> Live<D> {
    pub(super) fn new(connection: PoolConnection<D>, freshness: Arc<Freshness>) -> Self {
        Self { connection: Some(connection), known: Known::Settled, freshness }
    }

    pub(super) async fn execute(&mut self, statement: &Statement) -> Result<ExecResult, Error> {
        let answer = limited::<D, _>(D::execute(self.ask(Known::Asked)?, statement)).await;
        self.settle(answer)
    }

    pub(super) async fn execute_unprepared(&mut self, sql: &str) -> Result<ExecResult, Error> {
        let answer = limited::<D, _>(D::execute_unprepared(self.ask(Known::Asked)?, sql)).await;
        self.settle(answer)
    }

    pub(super) async fn query_all(&mut self, statement: &Statement) -> Result<Vec<QueryResult>, Error> {
        let answer = limited::<D, _>(D::query_all(self.ask(Known::Asked)?, statement)).await;
        self.settle(answer)
    }

    /// Opens a transaction. If that fails, the connection is closed, because it may be inside another transaction. It
    /// stays if the database was only locked.
    pub(super) async fn begin(&mut self) -> Result<(), Error> {
        let begin = Some(D::BEGIN.into_sql_str());
        let answer = limited::<D, _>(D::TransactionManager::begin(self.ask(Known::Begun)?, begin)).await;
        let answer = self.settle(answer);
        if answer.as_ref().is_err_and(|error| Fault::of(error) != Fault::Transaction) {
            self.known = Known::Broken;
        }
        answer
    }

    /// Whether the connection cannot be used any more.
    pub(super) fn is_broken(&self) -> bool {
        self.known == Known::Broken
    }

    /// Commits. If that fails, the connection is closed, because its state is unknown.
    pub(super) async fn commit(mut self) -> Result<(), Error> {
        let answer = limited::<D, _>(D::TransactionManager::commit(self.ask(Known::Asked)?)).await;
        let answer = self.settle(answer);
        if answer.is_err() {
            self.known = Known::Broken;
        }
        answer
    }

    /// The connection for one call, whose answer makes it settled.
    fn ask(&mut self, known: Known) -> Result<&mut D::Connection, Error> {
        match (&mut self.connection, self.known) {
            (Some(connection), Known::Settled) => {
                self.known = known;
                Ok(connection)
            }
            _ => Err(Error::Io(std::io::Error::other(UnitIsOver))),
        }
    }

    fn settle<T>(&mut self, answer: Result<T, Error>) -> Result<T, Error> {
        self.known = match &answer {
            Ok(_) => Known::Settled,
            Err(error) => match Fault::of(error) {
                Fault::Server => {
                    self.freshness.refuse_all();
                    Known::Broken
                }
                Fault::Connection => Known::Broken,
                Fault::Transaction if self.is_in_transaction() => Known::Over,
                Fault::Transaction | Fault::Statement => Known::Settled,
            },
        };
        answer
    }

    /// Whether the driver counts an open transaction.
    fn is_in_transaction(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| depth::<D>(connection) > 0)
    }
}

impl<D: Driver> Drop for Live<D> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let Ok(runtime) = Handle::try_current() else { return close(connection) };
        match mem::replace(&mut self.known, Known::Broken) {
            Known::Broken => close(connection),
            Known::Asked | Known::Begun if !D::SURVIVES_DROP => close(connection),
            Known::Settled if depth::<D>(&connection) == 0 => drop(runtime.spawn(give_back(connection))),
            known => drop(runtime.spawn(recover(connection, known, self.freshness.clone()))),
        }
    }
}

/// Waits for a server's answer, no longer than an answer can take.
async fn limited<D: Driver, T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if !D::IS_REMOTE {
        return call.await;
    }
    timeout(CALL, call).await.unwrap_or_else(|elapsed| Err(Error::Io(elapsed.into())))
}

fn depth<D: Driver>(connection: &D::Connection) -> usize {
    D::TransactionManager::get_transaction_depth(connection)
}

/// Closes the connection without telling the server, which then rolls back what is open.
fn close<D: Driver>(connection: PoolConnection<D>) {
    drop(connection.detach());
}

/// Gives a connection back to its pool. The server is asked for an answer first: the pool itself would wait for that
/// answer for ever, and keep the connection's place. A connection that does not answer in time is dropped, which
/// closes it.
pub(super) async fn give_back<D: Driver>(mut connection: PoolConnection<D>) {
    let _ = timeout(RECOVERY, connection.return_to_pool()).await;
}

/// Gives a connection back once it is known to be in autocommit. This runs in a task of its own, so that nobody can
/// drop it half-way.
async fn recover<D: Driver>(mut connection: PoolConnection<D>, known: Known, freshness: Arc<Freshness>) {
    let rolled_back = async {
        if depth::<D>(&connection) > 0 {
            D::TransactionManager::rollback(&mut connection).await?;
        } else if known == Known::Begun && !D::UNDOES_BEGIN {
            D::execute_unprepared(&mut connection, "ROLLBACK").await?;
        } else {
            connection.ping().await?;
        }
        Ok::<_, Error>(depth::<D>(&connection) == 0)
    };
    match timeout(RECOVERY, rolled_back).await {
        Ok(Ok(true)) => give_back(connection).await,
        answer => {
            tracing::debug!("a connection whose transaction could not be rolled back is closed");
            if D::IS_REMOTE && answer.is_err() {
                // A server that is silent on one connection is silent on all.
                freshness.refuse_all();
            }
            close(connection);
        }
    }
}
