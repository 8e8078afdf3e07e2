//! PostgreSQL.

use std::fmt::Write as _;

use async_trait::async_trait;
use futures::TryStreamExt as _;
use sea_orm::sea_query::Values;
use sea_orm::sqlx::postgres::{PgConnection, PgRow};
use sea_orm::sqlx::{
    self, AssertSqlSafe, Connection as _, Database, Error as SqlxError, Row as _, query, query_with, raw_sql,
};
use sea_query_sqlx::SqlxValues;
use time::OffsetDateTime;

use super::connection::Unwritten;
use super::statement::Words;
use super::{Batch, Catalogue, Cell, CopyError, Kind, Reading, Row, Side, Table};
use crate::db::copy::kind::of_postgres as kind;
use crate::db::entities::Utc;

side!(Postgres, sqlx::Postgres, PgConnection);

const WORDS: Words = Words {
    quote: '"',
    numbers_parameters: true,
    compares_rows: true,
    // Widened, so that each kind is read as one type.
    read: |column, name| match column.kind {
        Kind::Int => format!("{name}::int8"),
        Kind::Float => format!("{name}::float8"),
        Kind::Decimal(_) | Kind::Text => format!("{name}::text"),
        _ => name.to_owned(),
    },
    // Other databases sort by code point.
    sorted: |column, name| match column.kind {
        Kind::Text => format!("{name} COLLATE \"C\""),
        _ => name.to_owned(),
    },
};

static CATALOGUE: Catalogue = Catalogue {
    columns: "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), \
              CASE WHEN a.attidentity <> '' OR pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL \
              THEN '1' ELSE '0' END \
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
              WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY 1, a.attnum",
    keys: "SELECT c.relname::text, a.attname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
           JOIN pg_namespace n ON n.oid = c.relnamespace \
           CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, place) \
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number \
           WHERE i.indisprimary AND n.nspname = current_schema() ORDER BY 1, k.place",
    references: "SELECT c.relname::text, a.attname::text, p.relname::text FROM pg_constraint f \
                 JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid \
                 JOIN pg_namespace n ON n.oid = c.relnamespace \
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (f.conkey) \
                 WHERE f.contype = 'f' AND n.nspname = current_schema()",
    table: "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{}'",
};

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

fn cell(row: &PgRow, place: usize, kind: Kind) -> Result<Cell, SqlxError> {
    let cell = match kind {
        Kind::Int => row.try_get::<Option<i64>, _>(place)?.map(Cell::Int),
        Kind::Bool => row.try_get::<Option<bool>, _>(place)?.map(Cell::Bool),
        Kind::Float => row.try_get::<Option<f64>, _>(place)?.map(Cell::Float),
        Kind::Decimal(_) => row.try_get::<Option<String>, _>(place)?.map(Cell::Decimal),
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

/// By `COPY`, which takes a fraction of the time of `INSERT` and fires the same triggers.
async fn write(connection: &mut PgConnection, table: &Table, rows: &[Row]) -> Result<(), Unwritten> {
    let mut lines = String::new();
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                lines.push('\t');
            }
            if push(&mut lines, cell).is_err() {
                let key = table.key.iter().filter_map(|place| row.get(*place)).map(Cell::to_string);
                let key = key.collect::<Vec<_>>().join(", ");
                return Err(Unwritten::Copy(CopyError::Nul { table: table.name.clone(), key }));
            }
        }
        lines.push('\n');
    }
    let sql = format!("COPY {} ({}) FROM STDIN", WORDS.name(&table.name), WORDS.names(table));
    let mut copy = connection.copy_in_raw(&sql).await.map_err(Unwritten::Database)?;
    // What was not sent is undone with the transaction.
    copy.send(lines.as_bytes()).await.map_err(Unwritten::Database)?;
    copy.finish().await.map(drop).map_err(Unwritten::Database)
}

/// Adds a value in the text form of `COPY`.
fn push(line: &mut String, cell: &Cell) -> std::fmt::Result {
    match cell {
        Cell::Null => line.push_str("\\N"),
        Cell::Int(number) => write!(line, "{number}")?,
        Cell::Bool(is) => line.push(if *is { 't' } else { 'f' }),
        Cell::Float(number) => write!(line, "{number:?}")?,
        Cell::Decimal(digits) => line.push_str(digits),
        Cell::Uuid(uuid) => write!(line, "{uuid}")?,
        Cell::Bytes(bytes) => {
            line.push_str("\\\\x");
            for byte in bytes {
                write!(line, "{byte:02x}")?;
            }
        }
        Cell::Date(date) => {
            write!(line, "{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())?;
        }
        Cell::Time(time) => {
            let (hour, minute, second, micros) =
                (time.hour(), time.minute(), time.second(), time.microsecond());
            write!(
                line,
                "{:04}-{:02}-{:02} {hour:02}:{minute:02}:{second:02}.{micros:06}+00",
                time.year(),
                u8::from(time.month()),
                time.day()
            )?;
        }
        Cell::Text(text) => {
            for letter in text.chars() {
                match letter {
                    '\0' => return Err(std::fmt::Error),
                    '\\' => line.push_str("\\\\"),
                    '\n' => line.push_str("\\n"),
                    '\r' => line.push_str("\\r"),
                    '\t' => line.push_str("\\t"),
                    letter => line.push(letter),
                }
            }
        }
    }
    Ok(())
}

/// The sequence that numbers a table, as a name that can stand in a statement.
async fn sequence(side: &mut Postgres, table: &Table) -> Result<Option<String>, CopyError> {
    let column = table.key_columns().next().map_or("id", |column| column.name.as_str());
    let sql = format!("SELECT pg_get_serial_sequence('{}', '{column}')", WORDS.name(&table.name));
    let name = side.texts(&sql).await?.into_iter().flatten().next().unwrap_or_default();
    Ok(Some(name).filter(|name| !name.is_empty()))
}

async fn next_id(side: &mut Postgres, table: &Table) -> Result<Option<i64>, CopyError> {
    let Some(sequence) = sequence(side, table).await? else { return Ok(None) };
    side.number(&format!("SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM {sequence}")).await
}

async fn set_next_id(side: &mut Postgres, table: &Table, id: i64) -> Result<(), CopyError> {
    let Some(sequence) = sequence(side, table).await? else { return Ok(()) };
    side.run(&format!("SELECT setval('{sequence}'::regclass, {id}, false)")).await
}

async fn flush(side: &mut Postgres) -> Result<(), CopyError> {
    // The planner knows nothing of the new rows otherwise, until the server looks by itself.
    side.run("ANALYZE").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        let mut line = String::new();
        push(&mut line, &Cell::Text("a\tb\\N\nc\r".to_owned())).unwrap();
        push(&mut line, &Cell::Bytes(vec![0, 0xff])).unwrap();
        assert_eq!(line, "a\\tb\\\\N\\nc\\r\\\\x00ff");
    }

    #[test]
    fn a_nul_character_is_refused() {
        assert!(push(&mut String::new(), &Cell::Text("a\0".to_owned())).is_err());
    }
}
