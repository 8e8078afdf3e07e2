//! Arrays for PostgreSQL.
//!
//! A statement over arrays has one text for any number of rows. So it is prepared once, and a whole batch takes one round
//! trip. The arrays go as text, and the statement casts them (`$1::text::bigint[]`): that every driver can send.

use std::fmt::{Display, Write as _};

use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DbBackend, EntityName, EntityTrait, IdenStatic as _,
    Iterable, Statement, Value,
};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Time};
use vestibule_domain::store::StoreError;

use super::errors::store_error;
use super::parts::is_many;
use super::pool::Statements;

/// An array of numbers.
pub(super) fn numbers<N: Display>(numbers: impl IntoIterator<Item = N>) -> Value {
    array(numbers, |array, number| {
        // Writing to a string cannot fail.
        let _ = write!(array, "{number}");
    })
}

/// An array of texts, none of which has a NUL.
pub(super) fn texts<'t, T: Into<Option<&'t str>>>(texts: impl IntoIterator<Item = T>) -> Value {
    array(texts, |array, text| match text.into() {
        None => array.push_str("NULL"),
        Some(text) => quote(array, text),
    })
}

/// An array of values of one type.
pub(super) fn values<'v>(values: impl IntoIterator<Item = &'v Value>) -> Result<Value, StoreError> {
    let mut array = String::from("{");
    for value in values {
        if array.len() > 1 {
            array.push(',');
        }
        push(&mut array, value)?;
    }
    Ok((array + "}").into())
}

fn quote(array: &mut String, text: &str) {
    array.push('"');
    for part in text.split_inclusive(['"', '\\']) {
        match part.strip_suffix(['"', '\\']) {
            Some(before) => {
                array.push_str(before);
                array.push('\\');
                array.push_str(part.get(before.len()..).unwrap_or_default());
            }
            None => array.push_str(part),
        }
    }
    array.push('"');
}

fn array<T>(items: impl IntoIterator<Item = T>, mut add: impl FnMut(&mut String, T)) -> Value {
    let mut array = String::from("{");
    for item in items {
        if array.len() > 1 {
            array.push(',');
        }
        add(&mut array, item);
    }
    array.push('}');
    array.into()
}

/// A statement over arrays.
pub(super) fn statement(sql: impl Into<String>, arrays: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, arrays)
}

/// The ids that a query answers.
pub(super) async fn ids(connection: &impl Statements, statement: Statement) -> Result<Vec<i64>, StoreError> {
    let rows = connection.rows_of::<(i64,)>(statement).await.map_err(store_error)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// New ids of a table, ascending.
pub(super) async fn new_ids(
    connection: &impl Statements,
    table: &'static str,
    rows: usize,
) -> Result<Vec<i64>, StoreError> {
    // Within the inner query, where the sequence is looked for once and not for each id.
    let draw = "SELECT nextval(sequence) \
                FROM (SELECT pg_get_serial_sequence($1, 'id')::regclass AS sequence OFFSET 0) AS found, \
                generate_series(1, $2)";
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let mut ids = ids(connection, statement(draw, [table.into(), rows.into()])).await?;
    ids.sort_unstable();
    Ok(ids)
}

/// A statement that adds rows. The columns that are not set in the first row are left out: the database gives them.
pub(super) fn insertion<A: ActiveModelTrait>(
    rows: impl IntoIterator<Item = A>,
) -> Result<Statement, StoreError> {
    let mut rows = rows.into_iter().peekable();
    let mut columns: Vec<_> = <A::Entity as EntityTrait>::Column::iter().collect();
    if let Some(first) = rows.peek() {
        columns.retain(|column| !first.get(*column).is_not_set());
    }
    let mut arrays: Vec<String> = columns.iter().map(|_| String::from("{")).collect();
    for mut row in rows {
        for (column, array) in columns.iter().zip(&mut arrays) {
            let (ActiveValue::Set(value) | ActiveValue::Unchanged(value)) = row.take(*column) else {
                return Err(StoreError::Unexpected("a column is set in some of the new rows only".into()));
            };
            if array.len() > 1 {
                array.push(',');
            }
            push(array, &value)?;
        }
    }
    let names: Vec<_> = columns.iter().map(|column| format!("\"{}\"", column.as_str())).collect();
    let mut sql = format!(
        "INSERT INTO {} ({}) SELECT * FROM unnest(",
        A::Entity::default().table_name(),
        names.join(", ")
    );
    for (place, column) in (1..).zip(&columns) {
        let comma = if place == 1 { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(sql, "{comma}${place}::text::{}[]", kind(*column)?);
    }
    sql.push(')');
    Ok(statement(sql, arrays.into_iter().map(|array| (array + "}").into())))
}

/// What PostgreSQL calls the type of a column.
fn kind(column: impl ColumnTrait) -> Result<&'static str, StoreError> {
    Ok(match column.def().get_column_type() {
        ColumnType::Boolean => "boolean",
        ColumnType::SmallInteger => "smallint",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Double => "float8",
        ColumnType::String(_) | ColumnType::Text => "text",
        ColumnType::Uuid => "uuid",
        ColumnType::Date => "date",
        ColumnType::TimestampWithTimeZone => "timestamptz",
        other => return Err(StoreError::Unexpected(format!("no array is made of {other:?}").into())),
    })
}

/// Adds a value to an array.
fn push(array: &mut String, value: &Value) -> Result<(), StoreError> {
    match value {
        Value::Bool(Some(value)) => array.push_str(if *value { "t" } else { "f" }),
        Value::SmallInt(Some(value)) => digits(array, value),
        Value::Int(Some(value)) => digits(array, value),
        Value::BigInt(Some(value)) => digits(array, value),
        Value::Double(Some(value)) => digits(array, value),
        Value::String(Some(value)) => quote(array, value),
        Value::Uuid(Some(value)) => digits(array, value),
        Value::TimeDate(Some(date)) => moment(array, *date, Time::MIDNIGHT)?,
        Value::TimeDateTime(Some(at)) => moment(array, at.date(), at.time())?,
        Value::Bool(None)
        | Value::SmallInt(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::Double(None)
        | Value::String(None)
        | Value::Uuid(None)
        | Value::TimeDate(None)
        | Value::TimeDateTime(None) => array.push_str("NULL"),
        other => {
            return Err(StoreError::Unexpected(format!("no array takes {:?}", other.array_type()).into()));
        }
    }
    Ok(())
}

fn digits(array: &mut String, value: impl Display) {
    // Writing to a string cannot fail.
    let _ = write!(array, "{value}");
}

/// A time of the zone of the connection, which is UTC. PostgreSQL has no year 0: it is 1 BC.
fn moment(array: &mut String, date: Date, time: Time) -> Result<(), StoreError> {
    const REST: &[BorrowedFormatItem<'_>] = format_description!("[month]-[day]");
    const TIME: &[BorrowedFormatItem<'_>] =
        format_description!("[hour]:[minute]:[second].[subsecond digits:6]");
    let unwritten = |error: time::error::Format| StoreError::Unexpected(Box::new(error));
    let (year, era) = match date.year() {
        year @ 1.. => (year, ""),
        before => (1 - before, " BC"),
    };
    let (rest, time) = (date.format(REST).map_err(unwritten)?, time.format(TIME).map_err(unwritten)?);
    // Writing to a string cannot fail.
    let _ = write!(array, "\"{year:04}-{rest} {time}{era}\"");
    Ok(())
}

/// Keeps plans for the rest of the unit of work. As a part of a statement it does so before the foreign keys of the rows
/// are looked at.
pub(super) const KEPT_PLANS: &str = "(SELECT set_config('plan_cache_mode', 'force_generic_plan', true), \
                                     set_config('enable_seqscan', 'off', true) OFFSET 0) AS kept";

/// Sees to it that the rest of the unit of work is quick with many rows. Outside of a unit this does nothing.
///
/// Connections make a plan for each execution (`connect/postgres.rs`). That is also done for each look of PostgreSQL at
/// the row behind a foreign key, and took four fifths of the time of a batch. Here plans are kept. They look rows up
/// through an index even in a table that is empty now, so that they are right when it is large.
pub(super) async fn expect_many<T>(connection: &impl Statements, rows: &[T]) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres && is_many(rows) {
        let keep = format!("SELECT * FROM {KEPT_PLANS}");
        connection.execute_raw(statement(keep, [])).await.map_err(store_error)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_whatever_is_in_them() {
        let array = texts(["", "NULL", "a,b", r#""\"#, r"C:\x", "{é}\n"]);
        assert_eq!(
            array,
            r#"{"","NULL","a,b","\"\\","C:\\x","{é}
"}"#
            .into()
        );
        assert_eq!(texts([Some("a"), None]), r#"{"a",NULL}"#.into());
    }

    #[test]
    fn numbers_are_written_so_that_they_read_back() {
        assert_eq!(numbers([1, -2]), "{1,-2}".into());
        assert_eq!(numbers([0.1, 1e15, 5.0]), "{0.1,1000000000000000,5}".into());
        assert_eq!(numbers::<i64>([]), "{}".into());
    }
}
