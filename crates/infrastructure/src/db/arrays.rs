//! Arrays for PostgreSQL.
//!
//! A statement over arrays has one text for any number of rows. So it is prepared once, and a whole batch takes one round
//! trip. The arrays go as text, and the statement casts them (`$1::text::bigint[]`): that every driver can send.

use std::fmt::{Display, Write as _};

use sea_orm::{DbBackend, Statement, Value};
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
        Some(text) => {
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
    })
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
    let draw = "SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)";
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let mut ids = ids(connection, statement(draw, [table.into(), rows.into()])).await?;
    ids.sort_unstable();
    Ok(ids)
}

/// Sees to it that the rest of the unit of work is quick with many rows. Outside of a unit this does nothing.
///
/// Connections make a plan for each execution (`connect/postgres.rs`). That is also done for each look of PostgreSQL at
/// the row behind a foreign key, and took four fifths of the time of a batch. Here plans are kept. They look rows up
/// through an index even in a table that is empty now, so that they are right when it is large.
pub(super) async fn expect_many<T>(connection: &impl Statements, rows: &[T]) -> Result<(), StoreError> {
    const KEPT: &str = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), \
                        set_config('enable_seqscan', 'off', true)";
    if connection.get_database_backend() == DbBackend::Postgres && is_many(rows) {
        connection.execute_raw(statement(KEPT, [])).await.map_err(store_error)?;
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
