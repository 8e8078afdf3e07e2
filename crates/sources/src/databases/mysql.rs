//! MySQL and MariaDB. Each value comes as the text that the server makes of it.

use std::str::FromStr;

use futures::TryStreamExt as _;
use serde_json::{Map as Object, Value};
use sqlx::mysql::{MySqlConnectOptions, MySqlRow};
use sqlx::{AssertSqlSafe, Column as _, Connection as _, Executor as _, MySqlConnection, Row as _};
use tokio::time::timeout;

use super::{PATIENCE, Reading, failed, readings, too_late};
use crate::map::Map;
use crate::row::Row;
use crate::scan::{Sink as _, Stop, TableName, Want};
use crate::worker::Sender;
use crate::{BadRow, OpenError, Place, Unit};

/// Reads the map's tables. The driver sets the time zone to UTC.
pub(super) async fn read(url: &str, map: &Map, sender: &mut Sender) -> Result<(), Stop> {
    let url = url.replacen("mariadb:", "mysql:", 1);
    let options = MySqlConnectOptions::from_str(&url)
        .map_err(|_error| OpenError::Database("its URL cannot be read".to_owned()))?;
    let connect = MySqlConnection::connect_with(&options);
    let mut connection = timeout(PATIENCE, connect).await.map_err(too_late)?.map_err(failed)?;
    // The reader may be slow, because what is read is imported meanwhile.
    connection.execute("SET SESSION net_write_timeout = 28800").await.map_err(failed)?;
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await.map_err(failed)?;
    connection.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await.map_err(failed)?;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(table_name AS CHAR) FROM information_schema.tables \
         WHERE table_schema = DATABASE() ORDER BY table_name",
    )
    .fetch_all(&mut connection)
    .await
    .map_err(failed)?;
    let tables: Vec<_> = tables.into_iter().map(TableName::bare).collect();
    for reading in readings(&tables, map, sender)? {
        if reading.main {
            sender.sides_end()?;
        }
        read_table(&mut connection, &reading, map, sender).await?;
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

async fn read_table(
    connection: &mut MySqlConnection,
    reading: &Reading,
    map: &Map,
    sender: &mut Sender,
) -> Result<(), Stop> {
    let table = &reading.table;
    let name = quoted(&table.name);
    if reading.want == Want::Count {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {name}")))
            .fetch_one(connection)
            .await
            .map_err(failed)?;
        return sender.count(table, count.unsigned_abs());
    }
    sender.seen(table)?;
    let query = map.input.query.as_ref().filter(|_| reading.main);
    let from = query.map_or(name, |query| format!("({query})"));
    let columns: Vec<String> = if query.is_some() {
        let first = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {from} AS t LIMIT 1")))
            .fetch_optional(&mut *connection)
            .await
            .map_err(failed)?;
        let Some(first) = first else { return Ok(()) };
        first.columns().iter().map(|column| column.name().to_owned()).collect()
    } else {
        sqlx::query_scalar(
            "SELECT CAST(column_name AS CHAR) FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
        )
        .bind(&table.name)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?
    };
    sender.columns(table, &columns)?;
    let casts: Vec<_> = columns
        .iter()
        .map(|column| format!("CAST({} AS CHAR CHARACTER SET utf8mb4)", quoted(column)))
        .collect();
    let statement = format!("SELECT {} FROM {from} AS t", casts.join(", "));
    let mut rows = sqlx::query(AssertSqlSafe(statement)).fetch(connection);
    let mut number = 0;
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        number += 1;
        let place = Place { file: table.name.clone(), unit: Unit::Row, number };
        match values(&row, &columns) {
            Ok(values) => sender.row(table, Row::new(place, values))?,
            Err(reason) => sender.bad(BadRow::new(place, reason))?,
        }
    }
    Ok(())
}

fn values(row: &MySqlRow, columns: &[String]) -> Result<Object<String, Value>, String> {
    let mut values = Object::new();
    for (at, name) in columns.iter().enumerate() {
        let text: Option<String> =
            row.try_get_unchecked(at).map_err(|_error| format!("`{name}` cannot be read"))?;
        values.insert(name.clone(), text.map_or(Value::Null, Value::String));
    }
    Ok(values)
}
