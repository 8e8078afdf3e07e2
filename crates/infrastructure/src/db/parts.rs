//! Statements over many rows.

use std::ops::RangeInclusive;

use sea_orm::DbBackend;

use super::pool::{Done, Statements};

/// How many rows a statement has at most.
///
/// More rows are hardly faster. Each number of rows is a statement of its own, and connections keep the statements
/// that they have prepared, so 100 large ones would take much memory. The limit of SQLite, 32,766 values in a
/// statement, is the lowest of all backends and far away.
const ROWS: usize = 512;

/// Whether the rows need more than one statement.
pub(super) fn is_many<T>(rows: &[T]) -> bool {
    rows.len() > ROWS
}

/// Cuts rows into parts, one for each statement.
pub(super) fn parts<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    rows.chunks(ROWS)
}

/// The ids that an insertion of this many rows gave them, in their order. `None` if the ids cannot be told.
///
/// SQLite numbers the rows of a statement consecutively, because it has one writer and our ids are `AUTOINCREMENT`.
/// If a row was skipped, the count is short, and the answer is `None`. This spares reading the rows back, which costs
/// several times the writing. On other backends several writers may take ids in turn.
pub(super) fn ids_in_a_row(
    connection: &impl Statements,
    inserted: &Done,
    rows: usize,
) -> Option<RangeInclusive<i64>> {
    let is_complete = inserted.rows_affected == rows as u64;
    if connection.get_database_backend() != DbBackend::Sqlite || !is_complete {
        return None;
    }
    let last = inserted.last_insert_id;
    let first = last.checked_sub(i64::try_from(rows).ok()?)? + 1;
    Some(first..=last)
}
