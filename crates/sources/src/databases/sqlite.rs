//! SQLite.

use std::str::FromStr;

use futures::TryStreamExt as _;
use serde_json::{Map as Object, Number, Value};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{
    AssertSqlSafe, Column as _, Connection as _, Row as _, SqliteConnection, TypeInfo as _, ValueRef as _,
};

use super::{Reading, failed, readings};
use crate::map::Map;
use crate::row::Row;
use crate::scan::{Sink as _, Stop, TableName, Want};
use crate::worker::Sender;
use crate::{BadRow, OpenError, Place, Unit};

/// Reads the map's tables.
pub(super) async fn read(url: &str, map: &Map, sender: &mut Sender) -> Result<(), Stop> {
    let file = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let file = file.split('?').next().unwrap_or_default();
    if !std::path::Path::new(file).is_file() {
        return Err(OpenError::Database(format!("there is no file {file}")).into());
    }
    let options = SqliteConnectOptions::from_str("sqlite:").map_err(failed)?.filename(file).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await.map_err(failed)?;
    let mut transaction = connection.begin().await.map_err(failed)?;
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
            .fetch_all(&mut *transaction)
            .await
            .map_err(failed)?;
    let tables: Vec<_> = tables.into_iter().map(TableName::bare).collect();
    for reading in readings(&tables, map, sender)? {
        if reading.main {
            sender.sides_end()?;
        }
        read_table(&mut transaction, &reading, map, sender).await?;
    }
    Ok(())
}

async fn read_table(
    connection: &mut SqliteConnection,
    reading: &Reading,
    map: &Map,
    sender: &mut Sender,
) -> Result<(), Stop> {
    let table = &reading.table;
    let name = format!("\"{}\"", table.name.replace('"', "\"\""));
    if reading.want == Want::Count {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {name}")))
            .fetch_one(connection)
            .await
            .map_err(failed)?;
        return sender.count(table, count.unsigned_abs());
    }
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
        .bind(&table.name)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?;
    let query = map.input.query.clone().filter(|_| reading.main);
    sender.seen(table)?;
    if query.is_none() {
        sender.columns(table, &columns)?;
    }
    let statement = query.unwrap_or_else(|| format!("SELECT * FROM {name}"));
    let mut rows = sqlx::query(AssertSqlSafe(statement)).fetch(connection);
    let mut number = 0;
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        number += 1;
        let place = Place { file: table.name.clone(), unit: Unit::Row, number };
        match values(&row) {
            Ok(values) => sender.row(table, Row::new(place, values))?,
            Err(reason) => sender.bad(BadRow::new(place, reason))?,
        }
    }
    Ok(())
}

/// The values by the kinds that they have, whatever their columns are declared as.
fn values(row: &SqliteRow) -> Result<Object<String, Value>, String> {
    let mut values = Object::new();
    for column in row.columns() {
        let (at, name) = (column.ordinal(), column.name());
        let unreadable = || format!("`{name}` cannot be read");
        let raw = row.try_get_raw(at).map_err(|_error| unreadable())?;
        let kind = raw.type_info().name().to_owned();
        let value = if raw.is_null() {
            Value::Null
        } else {
            match kind.as_str() {
                "INTEGER" | "BOOLEAN" => row.try_get_unchecked::<i64, _>(at).map(Value::from).ok(),
                "REAL" => {
                    row.try_get_unchecked::<f64, _>(at).ok().and_then(Number::from_f64).map(Value::Number)
                }
                _ => row
                    .try_get_unchecked::<Vec<u8>, _>(at)
                    .ok()
                    .and_then(|bytes| String::from_utf8(bytes).ok())
                    .map(Value::String),
            }
            .ok_or_else(unreadable)?
        };
        values.insert(name.to_owned(), value);
    }
    Ok(values)
}
