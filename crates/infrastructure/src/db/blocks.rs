//! Pages far behind, which pass over no more than half a block of rows.
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

/// Where a part of a list is found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The block at whose beginning or end the reading begins.
    pub(super) block: i64,
    /// How many rows were counted in it.
    pub(super) rows: u64,
    /// Whether it is read against the order of the list, from the end of the block.
    pub(super) is_from_the_end: bool,
    /// How many rows are passed over.
    pub(super) passed_over: u64,
    /// How many rows follow that are on the page.
    pub(super) limit: u64,
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

    /// Where a page is: the shorter way from the ends of the blocks in which it begins and ends. `None` past the end.
    pub(super) fn place(&self, page: PageRequest) -> Option<Place> {
        let behind = self.total().checked_sub(page.offset).filter(|behind| *behind > 0)?;
        let limit = page.limit.get().min(behind);
        let (first, from_the_beginning) = passed(self.0.iter(), page.offset)?;
        let (last, from_the_end) = passed(self.0.iter().rev(), behind - limit)?;
        let is_from_the_end = from_the_end < from_the_beginning;
        let ((block, rows), passed_over) =
            if is_from_the_end { (last, from_the_end) } else { (first, from_the_beginning) };
        Some(Place { block, rows, is_from_the_end, passed_over, limit })
    }
}

/// The block in which a row is, and how many rows of it come before that one.
fn passed<'b>(blocks: impl Iterator<Item = &'b (i64, u64)>, mut before: u64) -> Option<((i64, u64), u64)> {
    for (block, rows) in blocks {
        match before.checked_sub(*rows) {
            Some(left) => before = left,
            None => return Some(((*block, *rows), before)),
        }
    }
    None
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
    fn a_page_is_found_from_the_nearest_end_of_a_block() {
        let beginning = |block, rows, passed_over, limit| {
            Some(Place { block, rows, is_from_the_end: false, passed_over, limit })
        };
        let end = |block, rows, passed_over, limit| {
            Some(Place { block, rows, is_from_the_end: true, passed_over, limit })
        };
        assert_eq!(place(0, 2), beginning(9, 3, 0, 2));
        assert_eq!(place(2, 1), end(9, 3, 0, 1), "the last of its block");
        assert_eq!(place(2, 2), end(4, 2, 1, 2), "over two blocks");
        assert_eq!(place(3, 5), beginning(4, 2, 0, 5));
        assert_eq!(place(6, 1), beginning(2, 4, 1, 1));
        assert_eq!(place(0, 3), beginning(9, 3, 0, 3), "as far from both ends");
        assert_eq!(place(7, 1), end(2, 4, 1, 1));
        assert_eq!(place(7, 5), end(2, 4, 0, 2), "the last of all");
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
