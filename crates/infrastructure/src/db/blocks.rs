//! Pages far behind, which pass over no more than a block of rows.
//!
//! Triggers count the rows in each block of 1024 ids. So many counts as there are blocks tell where a page begins. On
//! PostgreSQL the counts are views, over what every writer added by himself
//! (`migration/src/m20261129_042_block_deltas.rs`), and on SQLite tables (`migration/src/m20261130_049_sqlite_row_blocks.rs`).
//! MariaDB has none.
//!
//! On PostgreSQL the ids come as an array: it looks each of them up, however many it takes them for. Of a list of ids it would
//! think that they are a tenth of the table, and read all of it.

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, SimpleExpr};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::page::PageRequest;

/// A page that passes over fewer rows than this is found as soon without the counts.
pub(super) const FAR: u64 = 1_000;

/// The ids of a page come from functions that keep their plans (`migration/src/m20261130_050_kept_plans.rs`), each called
/// once.
const CONTACTS: &str = "contacts.id = ANY ((SELECT contacts_page($1, $2, $3))::bigint[])";
const MOVIES: &str = "movies.id = ANY ((SELECT movies_page($1, $2))::bigint[])";

/// Whether there are counts.
pub(super) fn are_counted(backend: DbBackend) -> bool {
    matches!(backend, DbBackend::Postgres | DbBackend::Sqlite)
}

/// Which contacts are on a page of an address book, where [there are counts](are_counted).
pub(super) fn contacts(backend: DbBackend, owner: AccountId, page: PageRequest) -> SimpleExpr {
    let (owner, offset, limit) = (owner.0, number(page.offset), number(page.limit.get()));
    if backend == DbBackend::Postgres {
        return Expr::cust_with_values(CONTACTS, [owner, offset, limit]);
    }
    Expr::cust_with_values(contacts_on_sqlite(limit), [owner, offset, owner, offset])
}

/// Which movies are on a page of the list, where [there are counts](are_counted).
pub(super) fn movies(backend: DbBackend, page: PageRequest) -> SimpleExpr {
    let (offset, limit) = (number(page.offset), number(page.limit.get()));
    if backend == DbBackend::Postgres {
        return Expr::cust_with_values(MOVIES, [offset, limit]);
    }
    Expr::cust_with_values(movies_on_sqlite(limit), [offset, offset])
}

/// The limit is written out, because SQLite prepares a statement anew at each execution whose limit is a parameter. An
/// offset must not be null there.
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

fn movies_on_sqlite(limit: i64) -> String {
    format!(
        "movies.id IN (
            WITH blocks AS (
                SELECT block, sum(movies) OVER (ORDER BY block DESC) - movies AS before FROM movie_blocks
            ), first AS (
                SELECT block, before FROM blocks WHERE before <= ? ORDER BY block LIMIT 1
            )
            SELECT id FROM movies WHERE id < (SELECT (block + 1) * 1024 FROM first)
            ORDER BY id DESC LIMIT {limit} OFFSET ? - coalesce((SELECT before FROM first), 0)
        )"
    )
}

/// Numbers as the database takes them. No list is longer.
fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
