//! Pages far behind, which pass over no more than a block of rows.
//!
//! Triggers count the rows in each block of 1024 ids. So many counts as there are blocks tell where a page begins. On
//! PostgreSQL the counts are views, over what every writer added by himself
//! (`migration/src/m20261129_042_block_deltas.rs`), and on SQLite tables (`migration/src/m20261130_049_sqlite_row_blocks.rs`).
//! MariaDB has none.
//!
//! On PostgreSQL the ids come as an array: it looks each of them up, however many it takes them for. Of a list of ids it would
//! think that they are a tenth of the table, and read all of it.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{DbBackend, DbErr, Statement};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::page::PageRequest;

use super::pool::Statements;

/// How many ids a block has.
const IDS: i64 = 1024;

/// A page that passes over fewer rows than this is found as soon without the counts.
pub(super) const FAR: u64 = 1_000;

/// The ids of a page come from functions that keep their plans (`migration/src/m20261130_050_kept_plans.rs`), each called
/// once.
const MOVIES: &str = "movies.id = ANY ((SELECT movies_page($1, $2))::bigint[])";

/// Whether there are counts.
pub(super) fn are_counted(backend: DbBackend) -> bool {
    matches!(backend, DbBackend::Postgres | DbBackend::Sqlite)
}

/// Which contacts are on a page of an address book, where [there are counts](are_counted).
pub(super) fn contacts(backend: DbBackend, owner: AccountId, page: PageRequest) -> SimpleExpr {
    let (owner, offset, limit) = (owner.0, number(page.offset), number(page.limit.get()));
    if backend == DbBackend::Postgres {
        return Expr::cust_with_values(contacts_on_postgres(["$1", "$2", "$3"]), [owner, offset, limit]);
    }
    Expr::cust_with_values(contacts_on_sqlite(limit), [owner, offset, owner, offset])
}

/// Which contacts are on a page on PostgreSQL, whose owner, offset and limit have these names.
pub(super) fn contacts_on_postgres([owner, offset, limit]: [&str; 3]) -> String {
    format!("contacts.id = ANY ((SELECT contacts_page({owner}, {offset}, {limit}))::bigint[])")
}

/// Which movies are on a page of the list on PostgreSQL.
pub(super) fn movies_on_postgres(page: PageRequest) -> SimpleExpr {
    Expr::cust_with_values(MOVIES, [number(page.offset), number(page.limit.get())])
}

/// How many movies there are in each block. SQLite takes longer to add them up with a window function than to hand them
/// over. Ids are positive.
pub(super) struct MovieBlocks {
    /// The newest first.
    blocks: Vec<(i64, u64)>,
}

/// Where SQLite finds a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where it begins to read.
    pub(super) beginning: Beginning,
    /// How many rows it passes over from there.
    pub(super) passed_over: u64,
    /// How many rows follow that are on the page.
    pub(super) limit: u64,
}

/// Where a list is read from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// From this id on, descending.
    UpTo(i64),
    /// From this id on, ascending.
    From(i64),
}

impl MovieBlocks {
    /// Reads the counts of SQLite.
    pub(super) async fn read(connection: &impl Statements) -> Result<Self, DbErr> {
        let find = "SELECT block, movies FROM movie_blocks ORDER BY block DESC";
        let rows = connection.rows_of::<(i64, i64)>(Statement::from_string(DbBackend::Sqlite, find)).await?;
        // A block whose count is damaged is passed over.
        let blocks = rows.into_iter().map(|(block, movies)| (block, u64::try_from(movies).unwrap_or(0)));
        Ok(Self { blocks: blocks.collect() })
    }

    /// How many movies there are.
    pub(super) fn total(&self) -> u64 {
        self.blocks.iter().map(|(_, movies)| movies).sum()
    }

    /// Where a page of the list is, newest id first: the shorter way from the ends of the blocks in which it begins and
    /// ends. `None` past the end.
    pub(super) fn place(&self, page: PageRequest) -> Option<Place> {
        let behind = self.total().checked_sub(page.offset).filter(|behind| *behind > 0)?;
        let limit = page.limit.get().min(behind);
        let (first, from_above) = passed(self.blocks.iter(), page.offset)?;
        let (last, from_below) = passed(self.blocks.iter().rev(), behind - limit)?;
        Some(if from_above <= from_below {
            Place { beginning: Beginning::UpTo(first * IDS + (IDS - 1)), passed_over: from_above, limit }
        } else {
            Place { beginning: Beginning::From(last * IDS), passed_over: from_below, limit }
        })
    }
}

/// The block in which a row is, and how many rows of it come before that one.
fn passed<'b>(blocks: impl Iterator<Item = &'b (i64, u64)>, mut before: u64) -> Option<(i64, u64)> {
    for (block, rows) in blocks {
        match before.checked_sub(*rows) {
            Some(left) => before = left,
            None => return Some((*block, before)),
        }
    }
    None
}

/// An offset must not be null in SQLite.
fn contacts_on_sqlite(limit: i64) -> String {
    format!(
        "contacts.id IN (
            WITH blocks AS (
                SELECT block, sum(contacts) OVER (ORDER BY block) - contacts AS before
                FROM contact_blocks WHERE user_id = ?
            ), first AS (
                SELECT block, before FROM blocks WHERE before <= ? ORDER BY block DESC LIMIT 1
            )
            SELECT id FROM contacts WHERE user_id = ? AND id >= (SELECT block * 1024 FROM first)
            ORDER BY id LIMIT {limit} OFFSET ? - coalesce((SELECT before FROM first), 0)
        )"
    )
}

/// Numbers as the database takes them. No list is longer.
pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use vestibule_domain::page::PageLimit;

    use super::*;

    /// Of blocks 9, 4 and 2 with three, two and four movies.
    fn place(offset: u64, limit: u16) -> Option<Place> {
        let blocks = MovieBlocks { blocks: vec![(9, 3), (4, 2), (2, 4)] };
        assert_eq!(blocks.total(), 9);
        blocks.place(PageRequest { offset, limit: PageLimit::new(limit) })
    }

    #[test]
    fn a_page_is_found_from_the_nearest_end_of_a_block() {
        let up_to = |block: i64, passed_over, limit| {
            Some(Place { beginning: Beginning::UpTo(block * 1024 + 1023), passed_over, limit })
        };
        let from = |block: i64, passed_over, limit| {
            Some(Place { beginning: Beginning::From(block * 1024), passed_over, limit })
        };
        assert_eq!(place(0, 2), up_to(9, 0, 2));
        assert_eq!(place(2, 1), from(9, 0, 1), "the last of its block");
        assert_eq!(place(2, 2), from(4, 1, 2), "over two blocks");
        assert_eq!(place(3, 5), up_to(4, 0, 5));
        assert_eq!(place(6, 1), up_to(2, 1, 1));
        assert_eq!(place(0, 3), up_to(9, 0, 3), "as far from both ends");
        assert_eq!(place(7, 1), from(2, 1, 1));
        assert_eq!(place(7, 5), from(2, 0, 2), "the last of all");
    }

    #[test]
    fn the_block_of_the_largest_id_has_an_end() {
        let blocks = MovieBlocks { blocks: vec![(i64::MAX / 1024, 2)] };
        let place = blocks.place(PageRequest { offset: 0, limit: PageLimit::new(1) });
        assert_eq!(place.unwrap().beginning, Beginning::UpTo(i64::MAX));
    }

    #[test]
    fn past_the_end_is_no_page() {
        assert_eq!(place(9, 1), None);
        assert_eq!(place(u64::MAX, 10), None);
        assert_eq!(
            MovieBlocks { blocks: Vec::new() }.place(PageRequest { offset: 0, limit: PageLimit::new(1) }),
            None
        );
    }
}
