//! A connection of any driver.

use sea_orm::sqlx::{MySql, Postgres, Sqlite};
use sea_orm::{DbErr, ExecResult, QueryResult, Statement};

use super::super::errors::{executing, querying};
use super::live::Live;

pub(super) enum Connection {
    Sqlite(Live<Sqlite>),
    Postgres(Live<Postgres>),
    MySql(Live<MySql>),
}

macro_rules! on {
    ($connection:expr, $live:ident => $call:expr) => {
        match $connection {
            Connection::Sqlite($live) => $call,
            Connection::Postgres($live) => $call,
            Connection::MySql($live) => $call,
        }
    };
}

impl Connection {
    pub(super) async fn close(self) {
        on!(self, live => live.close().await);
    }

    pub(super) async fn execute(&mut self, statement: &Statement) -> Result<ExecResult, DbErr> {
        on!(self, live => live.execute(statement).await).map_err(executing)
    }

    pub(super) async fn execute_unprepared(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        on!(self, live => live.execute_unprepared(sql).await).map_err(executing)
    }

    pub(super) async fn query_one(&mut self, statement: &Statement) -> Result<Option<QueryResult>, DbErr> {
        on!(self, live => live.query_one(statement).await).map_err(querying)
    }

    pub(super) async fn query_all(&mut self, statement: &Statement) -> Result<Vec<QueryResult>, DbErr> {
        on!(self, live => live.query_all(statement).await).map_err(querying)
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
