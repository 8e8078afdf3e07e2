//! A connection of any driver.

use sea_orm::sqlx::{MySql, Postgres, Sqlite};
use sea_orm::{DbErr, QueryResult, Statement};

use super::super::errors::{executing, querying};
use super::direct::Held;
use super::live::Live;
use super::rows::{Columns, of_results};
use super::statements::Done;

pub(super) enum Connection {
    Direct(Held),
    Sqlite(Live<Sqlite>),
    Postgres(Live<Postgres>),
    MySql(Live<MySql>),
}

macro_rules! on {
    ($connection:expr, $live:ident => $call:expr) => {
        match $connection {
            Connection::Direct($live) => $call,
            Connection::Sqlite($live) => $call,
            Connection::Postgres($live) => $call,
            Connection::MySql($live) => $call,
        }
    };
}

impl Connection {
    pub(super) async fn execute(&mut self, statement: &Statement) -> Result<Done, DbErr> {
        let done = match self {
            Self::Direct(held) => return held.execute(statement).await.map_err(executing),
            // PostgreSQL tells no id.
            Self::Postgres(live) => {
                let done = live.execute(statement).await;
                return done.map(|done| changed(done.rows_affected())).map_err(executing);
            }
            Self::Sqlite(live) => live.execute(statement).await,
            Self::MySql(live) => live.execute(statement).await,
        };
        let done = done.map_err(executing)?;
        let last_insert_id = i64::try_from(done.last_insert_id()).unwrap_or_default();
        Ok(Done { last_insert_id, ..changed(done.rows_affected()) })
    }

    pub(super) async fn execute_unprepared(&mut self, sql: &str) -> Result<Done, DbErr> {
        let done = match self {
            Self::Direct(held) => return held.execute_unprepared(sql).await.map_err(executing),
            Self::Sqlite(live) => live.execute_unprepared(sql).await,
            Self::Postgres(live) => live.execute_unprepared(sql).await,
            Self::MySql(live) => live.execute_unprepared(sql).await,
        };
        done.map(|done| changed(done.rows_affected())).map_err(executing)
    }

    /// The rows of a statement.
    pub(super) async fn rows<T: Columns>(&mut self, statement: &Statement) -> Result<Vec<T>, DbErr> {
        if let Self::Direct(held) = self {
            return held.rows(statement).await.map_err(querying).flatten();
        }
        of_results(&self.results(statement).await?)
    }

    /// The rows of a statement as a driver of sqlx gives them.
    pub(super) async fn results(&mut self, statement: &Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = match self {
            Self::Direct(_) => return Err(DbErr::Custom("there is no driver".into())),
            Self::Sqlite(live) => live.query_all(statement).await,
            Self::Postgres(live) => live.query_all(statement).await,
            Self::MySql(live) => live.query_all(statement).await,
        };
        rows.map_err(querying)
    }

    pub(super) async fn begin(&mut self) -> Result<(), DbErr> {
        on!(self, live => live.begin().await).map_err(executing)
    }

    pub(super) fn is_broken(&self) -> bool {
        on!(self, live => live.is_broken())
    }

    pub(super) async fn commit(self) -> Result<(), DbErr> {
        on!(self, live => live.commit().await).map_err(executing)
    }
}

fn changed(rows_affected: u64) -> Done {
    Done { rows_affected, last_insert_id: 0 }
}
