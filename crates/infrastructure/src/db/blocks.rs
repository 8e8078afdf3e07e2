//! Pages far behind, which pass over no more than a block of rows.
//!
//! Triggers count the rows in each block of 1024 ids. So many counts as there are blocks tell where a page begins. On
//! PostgreSQL the counts are views, over what every writer added by himself
//! (`migration/src/m20261129_042_block_deltas.rs`), and on SQLite tables (`migration/src/m20261130_049_sqlite_row_blocks.rs`).
//! MariaDB has none.
//!
//! PostgreSQL looks for the place in functions that keep their plans. SQLite takes longer to add counts up with a window
//! function than to hand them over, so there [`Blocks`] are read.

use sea_orm::{DbBackend, DbErr, Statement};
use vestibule_domain::page::PageRequest;

use super::pool::Statements;

/// How many ids a block has.
const IDS: i64 = 1024;

/// Whether there are counts.
pub(super) fn are_counted(backend: DbBackend) -> bool {
    matches!(backend, DbBackend::Postgres | DbBackend::Sqlite)
}

/// How many rows of a list there are in each block, in the order of the list. Ids are positive.
pub(super) struct Blocks(Vec<(i64, u64)>);

/// Where a page of a list is found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The block in which it begins.
    pub(super) block: i64,
    /// How many rows of the block come before it.
    pub(super) before: u64,
    /// How many rows are on it.
    pub(super) limit: u64,
    /// Whether it ends in this block, and nearer to the end of that than it begins to the beginning.
    pub(super) is_near_the_end: bool,
}

impl Place {
    /// The lowest id of the block.
    pub(super) fn lowest(&self) -> i64 {
        self.block * IDS
    }

    /// The highest id of the block.
    pub(super) fn highest(&self) -> i64 {
        self.lowest() + (IDS - 1)
    }
}

impl Blocks {
    /// Reads the blocks and the counts that a statement for SQLite tells.
    pub(super) async fn read(connection: &impl Statements, find: Statement) -> Result<Self, DbErr> {
        let rows = connection.rows_of::<(i64, i64)>(find).await?;
        // A block whose count is damaged is passed over.
        Ok(Self(rows.into_iter().map(|(block, rows)| (block, u64::try_from(rows).unwrap_or(0))).collect()))
    }

    /// How many rows there are.
    pub(super) fn total(&self) -> u64 {
        self.0.iter().map(|(_, rows)| rows).sum()
    }

    /// Where a page is. `None` past the end.
    pub(super) fn place(&self, page: PageRequest) -> Option<Place> {
        let limit = page.limit.get().min(self.total().checked_sub(page.offset)?);
        let mut before = page.offset;
        for (block, rows) in &self.0 {
            if let Some(left) = before.checked_sub(*rows) {
                before = left;
                continue;
            }
            let behind = (*rows - before).checked_sub(limit);
            let is_near_the_end = behind.is_some_and(|behind| behind < before);
            return Some(Place { block: *block, before, limit, is_near_the_end });
        }
        None
    }
}

/// The end of a statement of SQLite for a [`Place`] that is near the end of its block, which reads from there against the
/// order of the list. Its values are called `?1` for the number of rows before the page and `?2` for its limit.
///
/// Rows may have come or gone after the blocks were counted. So `now` counts those of the block that there are now, and what
/// is read is what reading from the beginning of the block would find in it. That is less than is on the page if rows
/// of the block went: then those of the next block follow.
pub(super) fn from_the_end(now: &str) -> String {
    let behind = format!("coalesce(({now}), 0) - ?1");
    format!("LIMIT max(min(?2, {behind}), 0) OFFSET max({behind} - ?2, 0)")
}

/// Numbers as the database takes them. No list is longer.
pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use vestibule_domain::page::PageLimit;

    use super::*;

    /// Of blocks 9, 4 and 2 with three, two and four rows.
    fn place(offset: u64, limit: u16) -> Option<Place> {
        let blocks = Blocks(vec![(9, 3), (4, 2), (2, 4)]);
        assert_eq!(blocks.total(), 9);
        blocks.place(PageRequest { offset, limit: PageLimit::new(limit) })
    }

    #[test]
    fn a_page_is_found_from_the_nearest_end_of_its_block() {
        let place_of =
            |block, before, limit, is_near_the_end| Some(Place { block, before, limit, is_near_the_end });
        assert_eq!(place(0, 2), place_of(9, 0, 2, false));
        assert_eq!(place(2, 1), place_of(9, 2, 1, true), "the last of its block");
        assert_eq!(place(2, 2), place_of(9, 2, 2, false), "over two blocks");
        assert_eq!(place(3, 5), place_of(4, 0, 5, false));
        assert_eq!(place(6, 1), place_of(2, 1, 1, false));
        assert_eq!(place(0, 3), place_of(9, 0, 3, false), "as far from both ends");
        assert_eq!(place(7, 1), place_of(2, 2, 1, true));
        assert_eq!(place(7, 5), place_of(2, 2, 2, true), "the last of all");
    }

    #[test]
    fn the_block_of_the_largest_id_has_an_end() {
        let blocks = Blocks(vec![(i64::MAX / 1024, 2)]);
        let place = blocks.place(PageRequest { offset: 0, limit: PageLimit::new(1) });
        assert_eq!(place.unwrap().highest(), i64::MAX);
    }

    #[test]
    fn past_the_end_is_no_page() {
        assert_eq!(place(9, 1), None);
        assert_eq!(place(u64::MAX, 10), None);
        assert_eq!(Blocks(Vec::new()).place(PageRequest { offset: 0, limit: PageLimit::new(1) }), None);
    }
}
