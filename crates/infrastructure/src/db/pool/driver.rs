//! The traits of the drivers: what they share, and what differs.

use sea_orm::sea_query::Values;
use sea_orm::sqlx::{AssertSqlSafe, Database, Error, Executor as _, MySql, Postgres, Sqlite, query_with};
use sea_orm::{ExecResult, QueryResult, Statement};
use sea_query_sqlx::SqlxValues;

/// A driver, with the calls that sea-orm's own connections make to it.
pub(in super::super) trait Driver: Database {
    /// The statement that opens a unit of work. On servers the connections begin with `READ COMMITTED`.
    const BEGIN: &'static str;

    /// Whether the database is a server behind a network, which may become silent.
    const IS_REMOTE: bool;

    /// Whether the driver itself undoes a `BEGIN` whose caller was dropped before the answer. If it does not, a
    /// `ROLLBACK` has to be sent.
    const UNDOES_BEGIN: bool;

    /// Whether a connection can be used after a call whose caller was dropped before the answer. sqlx's MySQL driver
    /// may have read a part of that answer, and would take the rest for the answer to the next call.
    const SURVIVES_DROP: bool;

    fn execute(
        connection: &mut Self::Connection,
        statement: &Statement,
    ) -> impl Future<Output = Result<ExecResult, Error>> + Send;

    /// Runs one or several statements without parameters.
    fn execute_unprepared(
        connection: &mut Self::Connection,
        sql: &str,
    ) -> impl Future<Output = Result<ExecResult, Error>> + Send;

    fn query_all(
        connection: &mut Self::Connection,
        statement: &Statement,
    ) -> impl Future<Output = Result<Vec<QueryResult>, Error>> + Send;
}

fn values(statement: &Statement) -> SqlxValues {
    SqlxValues(statement.values.clone().unwrap_or_else(|| Values(Vec::new())))
}

macro_rules! driver {
    ($driver:ty, $begin:literal, $remote:literal, $undoes_begin:literal, $survives_drop:literal) => {
        impl Driver for $driver {
            const BEGIN: &'static str = $begin;
            const IS_REMOTE: bool = $remote;
            const UNDOES_BEGIN: bool = $undoes_begin;
            const SURVIVES_DROP: bool = $survives_drop;

            async fn execute(
                connection: &mut Self::Connection,
                statement: &Statement,
            ) -> Result<ExecResult, Error> {
                let query = query_with::<Self, _>(AssertSqlSafe(statement.sql.as_str()), values(statement));
                query.execute(connection).await.map(ExecResult::from)
            }

            async fn execute_unprepared(
                connection: &mut Self::Connection,
                sql: &str,
            ) -> Result<ExecResult, Error> {
                connection.execute(AssertSqlSafe(sql.to_owned())).await.map(ExecResult::from)
            }

            async fn query_all(
                connection: &mut Self::Connection,
                statement: &Statement,
            ) -> Result<Vec<QueryResult>, Error> {
                let query = query_with::<Self, _>(AssertSqlSafe(statement.sql.as_str()), values(statement));
                Ok(query.fetch_all(connection).await?.into_iter().map(QueryResult::from).collect())
            }
        }
    };
}

// The write lock is taken at once. Otherwise a transaction that reads first and writes later would fail, without
// waiting, if another process wrote in between. Inside another transaction this statement fails, while the driver
// would make a savepoint of a plain BEGIN.
driver!(Sqlite, "BEGIN IMMEDIATE", false, true, true);
driver!(Postgres, "BEGIN", true, false, true);
driver!(MySql, "BEGIN", true, false, false);
