//! The pools of one database.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::{self, Connection as _, MySql, Postgres, SqlitePool};
use sea_orm::{
    DbBackend, DbErr, SqlxMySqlConnector, SqlxPostgresConnector, SqlxSqliteConnector, Statement, Value,
};
use sqlx_core::transaction::TransactionManager;
use tokio::task::coop::consume_budget;
use tokio::time::timeout;
use tracing::instrument;
use vestibule_domain::store::StoreError;

use super::super::errors::{connecting, store_error};
use super::acquired::{Acquired, Usage};
use super::by_key::ByKey;
use super::connection::Connection;
use super::direct::{Readers, Writer};
use super::driver::Driver;
use super::freshness::Freshness;
use super::live::Live;
use super::log_sync::LogSync;
use super::newcomers::Newcomers;
use super::outage::Outage;
use super::rows::Columns;
use super::server_pool::ServerPool;
use super::statements::{Done, Statements};
use super::traced::{operation, system, text};
use super::unit::Unit;

/// The pools. SQLite has one writer, so there `writer` is a pool of one connection. The writers of this process queue
/// for it, in order, and never find the database locked. On other backends both are the same pool.
#[derive(Debug, Clone)]
pub(in super::super) struct Pools {
    pub(in super::super) reader: Pool,
    pub(in super::super) writer: Pool,
    /// How long a unit of work may wait to begin.
    pub(in super::super) patience: Duration,
}

impl Pools {
    /// Opens a unit of work. One limit covers both waits: the wait for the pool, and on SQLite the wait for the lock
    /// on the file.
    pub(in super::super) async fn begin(&self) -> Result<Unit, StoreError> {
        self.within_patience(self.writer.begin()).await
    }

    /// Waits for a call as long as a unit of work may wait to begin.
    pub(in super::super) async fn within_patience<T>(
        &self,
        call: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, StoreError> {
        match timeout(self.patience, call).await {
            Ok(answer) => answer.map_err(store_error),
            Err(_elapsed) => Err(store_error(self.writer.outage().await)),
        }
    }
}

/// Connections to one database. Each statement takes effect by itself.
#[derive(Debug, Clone)]
pub(in super::super) struct Pool {
    pub(super) connections: Connections,
    pub(super) freshness: Arc<Freshness>,
    newcomers: Arc<Newcomers>,
    outage: Arc<Outage>,
    /// What has to be on disk before a write is answered, where the database does not see to that.
    log: Option<LogSync>,
    /// How a file of SQLite is reached on the caller's thread.
    direct: Option<Direct>,
    usage: Usage,
}

#[derive(Debug, Clone)]
enum Direct {
    /// For reads, of which the long ones come to the pool.
    Readers(Arc<Readers>),
    /// Instead of the pool.
    Writer(Arc<Writer>),
}

#[derive(Debug, Clone)]
pub(super) enum Connections {
    Sqlite(SqlitePool),
    Postgres(Arc<ServerPool<Postgres>>),
    MySql(Arc<ServerPool<MySql>>),
}

/// What a pool is made of.
pub(in super::super) trait IntoPool: Sized {
    fn into_pool(self, freshness: Arc<Freshness>, newcomers: Arc<Newcomers>) -> Pool;
}

macro_rules! into_pool {
    ($($driver:ident: $pool:ty),+) => {
        $(impl IntoPool for $pool {
            fn into_pool(self, freshness: Arc<Freshness>, newcomers: Arc<Newcomers>) -> Pool {
                Pool {
                    connections: Connections::$driver(self.into()),
                    freshness,
                    newcomers,
                    outage: Arc::default(),
                    log: None,
                    direct: None,
                    usage: Usage::new(),
                }
            }
        })+
    };
}

into_pool!(Sqlite: SqlitePool, Postgres: ServerPool<Postgres>, MySql: ServerPool<MySql>);

/// The options of a pool that checks its connections before use.
///
/// A connection that is inside a transaction or stale is closed. A connection that was idle for `tried_after` has to
/// answer first. So a check, and not a request, finds that the server was restarted or that a network dropped
/// connections.
pub(in super::super) fn pool_options<D: Driver>(
    freshness: &Arc<Freshness>,
    patience: Duration,
    tried_after: Option<Duration>,
) -> PoolOptions<D> {
    let freshness = freshness.clone();
    // The other half of the wait is for a new connection, if the server has vanished.
    let answer_within = patience / 2;
    PoolOptions::new().test_before_acquire(false).acquire_timeout(patience).before_acquire(
        move |connection, meta| {
            let is_usable = D::TransactionManager::get_transaction_depth(connection) == 0
                && freshness.allows(|| meta.age);
            let is_to_be_tried = tried_after.is_some_and(|after| meta.idle_for >= after);
            let freshness = freshness.clone();
            Box::pin(async move {
                if !is_usable || !is_to_be_tried {
                    return Ok(is_usable);
                }
                match timeout(answer_within, connection.ping()).await {
                    Ok(answer) => Ok(answer.is_ok()),
                    Err(_silent) => {
                        // The server is as silent on all other connections. This way one request waits for that, and
                        // not one for each connection.
                        freshness.refuse_all();
                        Ok(false)
                    }
                }
            })
        },
    )
}

impl Pool {
    /// The pool of writers whose database does not wait for the disk: this does.
    pub(in super::super) fn with_log(self, log: LogSync) -> Self {
        Self { log: Some(log), ..self }
    }

    /// The pool of readers of a file of SQLite: small reads do not come to the pool itself.
    pub(in super::super) fn with_readers(self, readers: Readers) -> Self {
        Self { direct: Some(Direct::Readers(Arc::new(readers))), ..self }
    }

    /// The pool of the writer of a file of SQLite: the writer is used in its place. The pool itself is there for
    /// migrations.
    pub(in super::super) fn with_writer(self, writer: Writer) -> Self {
        Self { direct: Some(Direct::Writer(Arc::new(writer))), ..self }
    }

    /// Runs one or several statements without parameters.
    #[instrument(target = "vestibule::statements", level = "trace", skip_all)]
    pub(in super::super) async fn execute_unprepared(&self, sql: &str) -> Result<Done, DbErr> {
        let answer = self.acquire().await?.execute_unprepared(sql).await?;
        self.on_disk(answer).await
    }

    /// The same pool as a connection of sea-orm, for the migrations, which use sea-orm's own transactions. On
    /// SQLite it does not wait for the disk: a migration that a loss of power takes back is applied at the next start.
    pub(in super::super) fn for_migrations(&self) -> sea_orm::DatabaseConnection {
        match self.connections.clone() {
            Connections::Sqlite(pool) => SqlxSqliteConnector::from_sqlx_sqlite_pool(pool),
            Connections::Postgres(pool) => {
                SqlxPostgresConnector::from_sqlx_postgres_pool(pool.shared().clone())
            }
            Connections::MySql(pool) => SqlxMySqlConnector::from_sqlx_mysql_pool(pool.shared().clone()),
        }
    }

    /// Opens a unit of work. If the first connection turns out to be unusable, a second one is tried.
    #[instrument(
        target = "vestibule::statements",
        level = "trace",
        skip_all,
        fields(otel.name = "BEGIN", otel.kind = "client", db.system.name = system(self.get_database_backend()))
    )]
    async fn begin(&self) -> Result<Unit, DbErr> {
        let mut connection = self.acquire().await?;
        match connection.begin().await {
            Err(error) if connection.is_broken() => {
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "a unit of work is begun on another connection"
                );
                drop(connection);
                connection = self.acquire().await?;
                connection.begin().await?;
            }
            begun => begun?,
        }
        Ok(Unit::new(connection, self.get_database_backend(), self.log.clone()))
    }

    /// How many connections a server gives at the same time, up to `wanted`; `None` for SQLite. They are closed again.
    pub(in super::super) async fn count(&self, wanted: u32) -> Option<u32> {
        match &self.connections {
            Connections::Sqlite(_) => None,
            Connections::Postgres(pool) => Some(pool.count(wanted).await),
            Connections::MySql(pool) => Some(pool.count(wanted).await),
        }
    }

    /// Waits for open calls, then closes all connections.
    pub(in super::super) async fn close(&self) {
        match &self.direct {
            Some(Direct::Readers(readers)) => readers.close().await,
            Some(Direct::Writer(writer)) => writer.close().await,
            None => {}
        }
        match &self.connections {
            Connections::Sqlite(pool) => pool.close().await,
            Connections::Postgres(pool) => pool.close().await,
            Connections::MySql(pool) => pool.close().await,
        }
    }

    /// Runs a statement on a connection of the pool. In a box, because what waits for connections of three drivers is many
    /// KiB long, and each caller of a caller would move it.
    fn executed<'a>(&'a self, statement: &'a Statement) -> BoxFuture<'a, Result<Done, DbErr>> {
        Box::pin(async move {
            let answer = self.acquire().await?.execute(statement).await?;
            self.on_disk(answer).await
        })
    }

    /// The rows of a statement, from a connection of the pool. In a box as well.
    fn pooled_rows<'a, T: Columns>(
        &'a self,
        statement: &'a Statement,
    ) -> BoxFuture<'a, Result<Vec<T>, DbErr>> {
        Box::pin(async move {
            let answer = self.acquire().await?.rows(statement).await?;
            self.on_disk(answer).await
        })
    }

    pub(super) async fn acquire(&self) -> Result<Acquired, DbErr> {
        self.log.as_ref().map_or(Ok(()), LogSync::check)?;
        let waits = self.usage.wait();
        let connection = self.connection().await?;
        drop(waits);
        Ok(self.usage.acquired(connection))
    }

    async fn connection(&self) -> Result<Connection, DbErr> {
        if let Some(Direct::Writer(writer)) = &self.direct {
            return writer.acquire().await.map(Connection::Direct).map_err(connecting);
        }
        let freshness = self.freshness.clone();
        let connection = match &self.connections {
            Connections::Sqlite(pool) => {
                pool.acquire().await.map(|one| Connection::Sqlite(Live::new(one, freshness)))
            }
            Connections::Postgres(pool) => {
                pool.acquire().await.map(|one| Connection::Postgres(Live::new(one, freshness)))
            }
            Connections::MySql(pool) => {
                pool.acquire().await.map(|one| Connection::MySql(Live::new(one, freshness)))
            }
        };
        match connection {
            Err(sqlx::Error::PoolTimedOut) => Err(self.outage().await),
            connection => connection.map_err(connecting),
        }
    }

    /// Gives an answer once what was written is on disk.
    async fn on_disk<T>(&self, answer: T) -> Result<T, DbErr> {
        if let Some(log) = &self.log {
            log.sync().await?;
        }
        Ok(answer)
    }

    /// The reason for which there is no connection in time.
    async fn outage(&self) -> DbErr {
        match &self.connections {
            // Another process holds the file, or another request the writer.
            Connections::Sqlite(_) => connecting(sqlx::Error::PoolTimedOut),
            Connections::Postgres(pool) => self.outage.clone().of(pool, &self.newcomers).await,
            Connections::MySql(pool) => self.outage.clone().of(pool, &self.newcomers).await,
        }
    }
}

impl Statements for Pool {
    fn get_database_backend(&self) -> DbBackend {
        match self.connections {
            Connections::Sqlite(_) => DbBackend::Sqlite,
            Connections::Postgres(_) => DbBackend::Postgres,
            Connections::MySql(_) => DbBackend::MySql,
        }
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
        self.executed(&statement).await
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
        if let Some(Direct::Readers(readers)) = &self.direct
            && let Some(rows) = readers.rows(&statement)
        {
            // A task that only reads would never let others have its thread, because nothing that it waits for is late.
            consume_budget().await;
            return rows;
        }
        self.pooled_rows(&statement).await
    }

    async fn rows_by_key<T: Columns, const N: usize>(
        &self,
        read: &'static ByKey<T, N>,
        key: [Value; N],
        alone: impl FnOnce(DbBackend) -> Statement + Send,
    ) -> Result<Vec<T>, DbErr> {
        match self.gathering() {
            Some(gathering) => Box::pin(self.gathered_rows(gathering, read, key, alone)).await,
            None => self.rows_of(alone(self.get_database_backend())).await,
        }
    }
}
