//! Statements over many rows.

use std::ops::RangeInclusive;

use sea_orm::{DbBackend, Statement};
use vestibule_domain::store::StoreError;

use super::errors::store_error;
use super::pool::{Done, Statements};

/// How many rows a statement has at most.
///
/// More rows are hardly faster. Each number of rows is a statement of its own, and connections keep the statements
/// that they have prepared, so 100 large ones would take much memory. The limit of SQLite, 32,766 values in a
/// statement, is the lowest of all backends and far away.
const ROWS: usize = 512;

/// So many rows end a list in one statement, whatever their number.
const FEW: usize = 64;

/// How large the values of a statement are at most, in bytes, unless a row alone is larger. MySQL and MariaDB refuse a
/// statement of more than `max_allowed_packet`, which is hardly anywhere set below 1 MiB.
const BYTES: usize = 512 * 1024;

/// Whether the rows need more than one statement.
pub(super) fn is_many<T>(rows: &[T]) -> bool {
    rows.len() > ROWS
}

/// Cuts rows into parts, one for each statement.
pub(super) fn parts<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    rows.chunks(ROWS)
}

/// Cuts rows of different sizes into parts, one for each statement. The size is in bytes.
///
/// A part that is cut short by its bytes has a power of two of rows, so that there are few different statements.
pub(super) fn sized_parts<T>(mut rows: &[T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |row: &&T| {
            bytes += size(row);
            bytes <= BYTES
        };
        let fitting = rows.iter().take(ROWS).take_while(fits).count().max(1);
        let is_cut = fitting < rows.len().min(ROWS);
        let (part, rest) = rows.split_at_checked(if is_cut { 1 << fitting.ilog2() } else { fitting })?;
        rows = rest;
        Some(part)
    })
}

/// Runs statements one after the other. Each is made while the one before it runs.
pub(super) async fn execute_each(
    connection: &impl Statements,
    mut statements: impl Iterator<Item = Result<Statement, StoreError>>,
) -> Result<Vec<Done>, StoreError> {
    let mut done = Vec::new();
    let mut next = statements.next().transpose()?;
    while let Some(statement) = next {
        // The first one is on its way before the other one takes this thread.
        let (executed, made) = tokio::join!(
            biased;
            connection.execute_raw(statement),
            async { statements.next().transpose() },
        );
        done.push(executed.map_err(store_error)?);
        next = made?;
    }
    Ok(done)
}

/// Cuts many rows into parts likewise. The rows at their end are several parts, with a power of two of rows or a few, so
/// that connections keep no large statements that serve once.
pub(super) fn even_parts<T>(rows: &[T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &[T]> {
    sized_parts(rows, size).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let rows = if rest.len() > FEW { 1 << rest.len().ilog2() } else { rest.len() };
            let (part, others) = rest.split_at_checked(rows).filter(|(part, _)| !part.is_empty())?;
            rest = others;
            Some(part)
        })
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(sizes: &[usize]) -> Vec<usize> {
        sized_parts(sizes, |size| *size).map(<[usize]>::len).collect()
    }

    #[test]
    fn small_rows_are_cut_by_their_number() {
        assert_eq!(parts_of(&[10; 1_100]), [512, 512, 76]);
        assert_eq!(parts_of(&[]), [0_usize; 0]);
    }

    #[test]
    fn large_rows_are_cut_by_their_bytes_into_few_different_numbers() {
        assert_eq!(parts_of(&[33 * 1024; 40]), [8, 8, 8, 8, 8]);
        // The last part need not be cut.
        assert_eq!(parts_of(&[33 * 1024; 20]), [8, 12]);
        assert_eq!(parts_of(&[100 * 1024; 5]), [5]);
        assert_eq!(parts_of(&[100 * 1024; 6]), [4, 2]);
    }

    #[test]
    fn the_end_of_many_rows_is_cut_into_few_different_numbers() {
        let cut = |rows: usize| even_parts(&vec![0; rows], |_| 0).map(<[i32]>::len).collect::<Vec<_>>();
        assert_eq!(cut(1_324), [512, 512, 256, 44]);
        assert_eq!(cut(64), [64]);
        assert_eq!(cut(0), [0; 0]);
    }

    #[test]
    fn a_row_that_is_too_large_alone_is_a_part_of_its_own() {
        assert_eq!(parts_of(&[10, BYTES + 1, 10, 10]), [1, 1, 2]);
    }
}
