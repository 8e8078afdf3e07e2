//! MySQL and MariaDB.

use async_trait::async_trait;
use futures::TryStreamExt as _;
use sea_orm::sea_query::Values;
use sea_orm::sqlx::mysql::{MySqlConnection, MySqlRow};
use sea_orm::sqlx::{
    self, AssertSqlSafe, Connection as _, Database, Error as SqlxError, Row as _, query, query_with, raw_sql,
};
use sea_query_sqlx::SqlxValues;
use time::PrimitiveDateTime;

use super::connection::Unwritten;
use super::statement::Words;
use super::{Batch, Catalogue, Cell, CopyError, Kind, Reading, Row, Side, Table};
use crate::db::copy::kind::of_mysql as kind;

side!(MySql, sqlx::MySql, MySqlConnection);

const WORDS: Words = Words {
    quote: '`',
    numbers_parameters: false,
    compares_rows: false,
    read: |column, name| match column.kind {
        Kind::Decimal(_) => format!("CAST({name} AS CHAR)"),
        _ => name.to_owned(),
    },
    sorted: |_, name| name.to_owned(),
};

static CATALOGUE: Catalogue = Catalogue {
    columns: "SELECT CAST(c.table_name AS CHAR), CAST(c.column_name AS CHAR), CAST(c.column_type AS CHAR), \
              CASE WHEN c.extra LIKE '%auto_increment%' THEN '1' ELSE '0' END \
              FROM information_schema.columns c JOIN information_schema.tables t \
              ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' \
              WHERE c.table_schema = database() ORDER BY c.table_name, c.ordinal_position",
    keys: "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR) FROM information_schema.key_column_usage \
           WHERE table_schema = database() AND constraint_name = 'PRIMARY' ORDER BY table_name, ordinal_position",
    references: "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR), CAST(referenced_table_name AS CHAR) \
                 FROM information_schema.key_column_usage \
                 WHERE table_schema = database() AND referenced_table_name IS NOT NULL",
    table: "SELECT CAST(table_name AS CHAR) FROM information_schema.tables \
            WHERE table_schema = database() AND table_name = '{}'",
};

const SNAPSHOT: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; \
                        START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

/// How many parameters a statement has at the most; the protocol ends at 65,535.
const PARAMETERS: usize = 32_000;

/// A zero date, which strict modes refuse and older data may have, is an error: no other database has one.
fn cell(row: &MySqlRow, place: usize, kind: Kind) -> Result<Cell, SqlxError> {
    let cell = match kind {
        Kind::Int => row.try_get::<Option<i64>, _>(place)?.map(Cell::Int),
        Kind::Bool => row.try_get::<Option<bool>, _>(place)?.map(Cell::Bool),
        Kind::Float => row.try_get::<Option<f64>, _>(place)?.map(Cell::Float),
        Kind::Decimal(_) => row.try_get::<Option<String>, _>(place)?.map(Cell::Decimal),
        Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Cell::Text),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Cell::Bytes),
        Kind::Uuid => row.try_get::<Option<uuid::Uuid>, _>(place)?.map(Cell::Uuid),
        Kind::Time => {
            row.try_get::<Option<PrimitiveDateTime>, _>(place)?.map(|time| Cell::Time(time.assume_utc()))
        }
        Kind::Date => row.try_get::<Option<time::Date>, _>(place)?.map(Cell::Date),
    };
    Ok(cell.unwrap_or(Cell::Null))
}

async fn write(connection: &mut MySqlConnection, table: &Table, rows: &[Row]) -> Result<(), Unwritten> {
    insert!(sqlx::MySql, connection, table, rows, PARAMETERS, Cell::parameter)
}

async fn next_id(side: &mut MySql, table: &Table) -> Result<Option<i64>, CopyError> {
    let sql = format!(
        "SELECT CAST(auto_increment AS SIGNED) FROM information_schema.tables \
         WHERE table_schema = database() AND table_name = '{}'",
        table.name
    );
    side.number(&sql).await
}

async fn set_next_id(side: &mut MySql, table: &Table, id: i64) -> Result<(), CopyError> {
    side.run(&format!("ALTER TABLE {} AUTO_INCREMENT = {id}", WORDS.name(&table.name))).await
}

#[expect(clippy::unused_async, reason = "other databases have something to do")]
async fn flush(_side: &mut MySql) -> Result<(), CopyError> {
    Ok(())
}
