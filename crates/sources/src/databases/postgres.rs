//! PostgreSQL. Each row comes as JSON that the server makes, so every type has the text that the server gives it.

use std::str::FromStr;

use futures::TryStreamExt as _;
use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::time::timeout;

use super::{PATIENCE, Reading, failed, readings, too_late};
use crate::map::Map;
use crate::row::Row;
use crate::scan::{Sink as _, Stop, TableName, Want};
use crate::worker::Sender;
use crate::{BadRow, OpenError, Place, Unit};

/// Reads the map's tables.
pub(super) async fn read(url: &str, map: &Map, sender: &mut Sender) -> Result<(), Stop> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_error| OpenError::Database("its URL cannot be read".to_owned()))?;
    let connect = PgConnection::connect_with(&options);
    let mut connection = timeout(PATIENCE, connect).await.map_err(too_late)?.map_err(failed)?;
    connection.execute("SET TIME ZONE 'UTC'").await.map_err(failed)?;
    connection.execute("SET DateStyle = 'ISO'").await.map_err(failed)?;
    // The reader may be slow, because what is read is imported meanwhile.
    connection.execute("SET statement_timeout = 0").await.map_err(failed)?;
    connection.execute("SET idle_in_transaction_session_timeout = 0").await.map_err(failed)?;
    connection
        .execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await
        .map_err(failed)?;
    let tables: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_schema::text, table_name::text FROM information_schema.tables \
         WHERE table_schema NOT IN ('pg_catalog', 'information_schema') \
         AND ($1::text IS NOT NULL OR table_schema = ANY (current_schemas(false))) ORDER BY 1, 2",
    )
    .bind(map.input.schema.clone())
    .fetch_all(&mut connection)
    .await
    .map_err(failed)?;
    let tables: Vec<_> =
        tables.into_iter().map(|(schema, name)| TableName { schema: Some(schema), name }).collect();
    for reading in readings(&tables, map, sender)? {
        if reading.main {
            sender.sides_end()?;
        }
        read_table(&mut connection, &reading, map, sender).await?;
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

async fn read_table(
    connection: &mut PgConnection,
    reading: &Reading,
    map: &Map,
    sender: &mut Sender,
) -> Result<(), Stop> {
    let table = &reading.table;
    let schema = table.schema.as_deref().unwrap_or("public");
    let name = format!("{}.{}", quoted(schema), quoted(&table.name));
    if reading.want == Want::Count {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {name}")))
            .fetch_one(connection)
            .await
            .map_err(failed)?;
        return sender.count(table, count.unsigned_abs());
    }
    sender.seen(table)?;
    let query = map.input.query.as_ref().filter(|_| reading.main);
    if query.is_none() {
        let columns: Vec<String> = sqlx::query_scalar(
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position",
        )
        .bind(schema)
        .bind(&table.name)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?;
        sender.columns(table, &columns)?;
    }
    let from = query.map_or(name, |query| format!("({query})"));
    let statement = format!("SELECT row_to_json(t)::text FROM {from} AS t");
    let mut rows = sqlx::query_scalar::<_, String>(AssertSqlSafe(statement)).fetch(connection);
    let mut number = 0;
    while let Some(text) = rows.try_next().await.map_err(failed)? {
        number += 1;
        let place = Place { file: table.name.clone(), unit: Unit::Row, number };
        match serde_json::from_str::<Value>(&text) {
            Ok(values) => sender.row(table, Row { place, values })?,
            Err(_error) => {
                let reason = "it has a value that is no JSON, such as NaN".to_owned();
                sender.bad(BadRow::new(place, reason))?;
            }
        }
    }
    Ok(())
}
