//! SQLite.

use async_trait::async_trait;
use futures::TryStreamExt as _;
use sea_orm::sea_query::{Value, Values};
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteRow};
use sea_orm::sqlx::{
    self, AssertSqlSafe, Connection as _, Database, Error as SqlxError, Row as _, query, query_with, raw_sql,
};
use sea_query_sqlx::SqlxValues;
use time::OffsetDateTime;

use super::connection::Unwritten;
use super::statement::Words;
use super::{Batch, Catalogue, Cell, CopyError, Kind, Reading, Row, Side, Table};
use crate::db::connect::STATISTICS;
use crate::db::copy::kind::of_sqlite as kind;
use crate::db::entities::Utc;

side!(Sqlite, sqlx::Sqlite, SqliteConnection);

const WORDS: Words = Words {
    quote: '"',
    numbers_parameters: false,
    compares_rows: true,
    read: |_, name| name.to_owned(),
    sorted: |_, name| name.to_owned(),
};

static CATALOGUE: Catalogue = Catalogue {
    columns: "SELECT m.name, c.name, c.type, CAST(c.pk > 0 AND m.sql LIKE '%AUTOINCREMENT%' AS text) \
              FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid",
    keys: "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
           WHERE m.type = 'table' AND c.pk > 0 ORDER BY m.name, c.pk",
    references: "SELECT m.name, f.\"from\", f.\"table\" \
                 FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    table: "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{}'",
};

/// The state of the file as it is at the first read.
const SNAPSHOT: &str = "BEGIN";

/// How many parameters a statement has at the most.
const PARAMETERS: usize = 32_766;

fn cell(row: &SqliteRow, place: usize, kind: Kind) -> Result<Cell, SqlxError> {
    let cell = match kind {
        Kind::Int => row.try_get::<Option<i64>, _>(place)?.map(Cell::Int),
        Kind::Bool => row.try_get::<Option<bool>, _>(place)?.map(Cell::Bool),
        Kind::Float => row.try_get::<Option<f64>, _>(place)?.map(Cell::Float),
        // The column is a number of 64 bits, which has all digits of ours.
        Kind::Decimal(scale) => row
            .try_get::<Option<f64>, _>(place)?
            .map(|number| Cell::Decimal(format!("{:.1$}", number + 0.0, usize::from(scale)))),
        Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Cell::Text),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Cell::Bytes),
        Kind::Uuid => row.try_get::<Option<uuid::Uuid>, _>(place)?.map(Cell::Uuid),
        Kind::Time => {
            row.try_get::<Option<OffsetDateTime>, _>(place)?.map(|time| Cell::Time(Utc::from(time).0))
        }
        Kind::Date => row.try_get::<Option<time::Date>, _>(place)?.map(Cell::Date),
    };
    Ok(cell.unwrap_or(Cell::Null))
}

async fn write(connection: &mut SqliteConnection, table: &Table, rows: &[Row]) -> Result<(), Unwritten> {
    let parameter = |cell: &Cell| match cell {
        // SQLite has no decimals; a text would stay one in some columns.
        Cell::Decimal(digits) => Value::Double(digits.parse().ok()),
        cell => cell.parameter(),
    };
    insert!(sqlx::Sqlite, connection, table, rows, PARAMETERS, parameter)
}

async fn next_id(side: &mut Sqlite, table: &Table) -> Result<Option<i64>, CopyError> {
    let sql = format!("SELECT seq + 1 FROM sqlite_sequence WHERE name = '{}'", table.name);
    side.number(&sql).await
}

async fn set_next_id(side: &mut Sqlite, table: &Table, id: i64) -> Result<(), CopyError> {
    let name = &table.name;
    let sql = format!(
        "BEGIN IMMEDIATE; DELETE FROM sqlite_sequence WHERE name = '{name}'; \
         INSERT INTO sqlite_sequence (name, seq) VALUES ('{name}', {}); COMMIT",
        id - 1
    );
    side.run(&sql).await
}

async fn flush(side: &mut Sqlite) -> Result<(), CopyError> {
    // From here on each transaction waits for the disk.
    side.run(&format!("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE); {STATISTICS}")).await
}
