//! Statements over many rows.

/// How many rows a statement has at the most. More would hardly be faster, and 9 values a row stay
/// below the 32,766 that SQLite takes, the fewest of all backends.
const ROWS: usize = 2_048;

/// Cuts rows into parts, one for each statement.
///
/// A part is filled up with its own rows to the next power of two: each number of rows is a statement
/// of its own, and connections keep those that they have prepared. So whatever comes, they keep few.
/// The statement must not mind to meet a row twice.
pub(super) fn filled<T>(rows: &[T]) -> impl Iterator<Item = impl Iterator<Item = &T>> {
    rows.chunks(ROWS).map(|part| part.iter().cycle().take(part.len().next_power_of_two()))
}

/// Cuts rows into parts, as they are.
pub(super) fn plain<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    rows.chunks(ROWS)
}
