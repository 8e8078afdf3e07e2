//! Tables that give their rows ids.

use std::ops::{Deref, DerefMut};

use super::super::row::Row;
use super::super::table::Table;

/// A table whose rows are numbered from one.
pub(super) struct Numbered<R: Row> {
    rows: Table<R>,
    /// The greatest id so far. A rollback does not reset it, so that no id is given twice.
    last: i64,
}

// A derived `Default` would need `R: Default`.
impl<R: Row> Default for Numbered<R> {
    fn default() -> Self {
        Self { rows: Table::default(), last: 0 }
    }
}

impl<R: Row> Numbered<R> {
    /// A new id.
    pub(super) fn next_id(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// Updates a copy with all changes since the last publication.
    pub(super) fn publish(&mut self, copy: &mut Self) {
        self.rows.publish(&mut copy.rows);
    }
}

impl<R: Row> Deref for Numbered<R> {
    type Target = Table<R>;

    fn deref(&self) -> &Table<R> {
        &self.rows
    }
}

impl<R: Row> DerefMut for Numbered<R> {
    fn deref_mut(&mut self) -> &mut Table<R> {
        &mut self.rows
    }
}
