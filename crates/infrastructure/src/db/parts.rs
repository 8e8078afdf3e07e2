//! Statements over many rows.

use std::ops::RangeInclusive;

use sea_orm::{ConnectionTrait, DbBackend, ExecResult};

/// How many rows a statement has at the most.
///
/// More is hardly faster. Connections keep the statements that they have prepared, and each number
/// of rows is a statement of its own: 100 large ones would be a lot of memory. The 32,766 values that
/// SQLite takes in a statement, the fewest of all backends, are far away.
const ROWS: usize = 512;

/// Whether rows take more than one statement.
pub(super) fn is_many<T>(rows: &[T]) -> bool {
    rows.len() > ROWS
}

/// Cuts rows into parts, one for each statement.
pub(super) fn parts<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    rows.chunks(ROWS)
}

/// The ids that an insertion of this many rows gave them, in their order, if that can be told.
///
/// SQLite numbers the rows of a statement one after the other, since it has one writer and our ids
/// are `AUTOINCREMENT`; a row that was passed over leaves the count short, and nothing is told. It
/// spares reading back what was written, which costs several times the writing. On other backends
/// ids may come from several writers in turn.
pub(super) fn ids_in_a_row(
    connection: &impl ConnectionTrait,
    inserted: &ExecResult,
    rows: usize,
) -> Option<RangeInclusive<i64>> {
    let is_complete = inserted.rows_affected() == rows as u64;
    if connection.get_database_backend() != DbBackend::Sqlite || !is_complete {
        return None;
    }
    let last = i64::try_from(inserted.last_insert_id()).ok()?;
    let first = last.checked_sub(i64::try_from(rows).ok()?)? + 1;
    Some(first..=last)
}
