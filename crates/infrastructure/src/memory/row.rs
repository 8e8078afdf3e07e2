//! Rows of tables in memory.

use time::{OffsetDateTime, PrimitiveDateTime};
use vestibule_domain::store::{Constraint, StoreError};

/// The start of every range of times.
pub(super) const EARLIEST: OffsetDateTime = PrimitiveDateTime::MIN.assume_utc();

/// Their end.
pub(super) const LATEST: OffsetDateTime = PrimitiveDateTime::MAX.assume_utc();

/// A row of a [`Table`](super::table::Table).
pub(super) trait Row: Clone {
    /// The primary key.
    type Key: Copy + Ord;

    /// The index entries of a row: one variant for each unique column, and one for each order that a query needs.
    /// Variants that are not unique hold the primary key as well.
    type Entry: Ord;

    /// The constraint that a second row with the same primary key violates, if callers can cause that.
    const PRIMARY_KEY: Option<Constraint>;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;

    /// The entries of this row in the index, each with the constraint that a second row with the same entry violates.
    fn entries(&self) -> Vec<(Self::Entry, Option<Constraint>)>;
}

/// Fails with the foreign key constraint unless the row exists.
pub(super) fn require(exists: bool) -> Result<(), StoreError> {
    if exists { Ok(()) } else { Err(StoreError::Conflict { constraint: Constraint::ForeignKey }) }
}
