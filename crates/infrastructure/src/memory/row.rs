//! What tables hold.

use vestibule_domain::store::Constraint;

/// A row of a [`Table`](super::table::Table).
pub(super) trait Row: Clone {
    /// The primary key.
    type Key: Copy + Ord;

    /// What the index finds rows by: one variant for each unique column and for each order that a
    /// query needs. Variants that are not unique carry the primary key as well.
    type Entry: Ord;

    /// The constraint that a second row with the same primary key breaks, if callers can do that.
    const PRIMARY_KEY: Option<Constraint>;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;

    /// Where this row stands in the index, with the constraint that another row in its place breaks.
    fn entries(&self) -> Vec<(Self::Entry, Option<Constraint>)>;
}
