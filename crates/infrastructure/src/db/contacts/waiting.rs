//! The newest contacts on SQLite, whose trigrams are written for many at once.
//!
//! A contact has about 40 trigrams, nearly each on another page of their table, and SQLite writes each page that a
//! transaction changed to its log as a whole. Written for each contact alone they were nine tenths of what was written, and
//! most of the time of a new contact, in which nobody else writes. The trigrams of many contacts share pages.
//!
//! So new contacts wait, [`WAITING`] of them at the most, and the next one writes the trigrams of all in its own
//! transaction. In the row of the progress they are what contacts are while the index is rebuilt: behind the id that is
//! reached. A search reads the first [`WAITING`] ids behind it one by one, so that it finds them. A server that dies leaves
//! nothing half-way. Whoever rebuilds the index covers them too: each server from time to time, one of another release, or
//! one on PostgreSQL that was given a copy of the database.
//!
//! The ids of contacts grow in the order in which they are committed, because SQLite has one writer and gives no id twice
//! (`AUTOINCREMENT`).

use sea_orm::{DbBackend, Statement};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactId, ContactSearch};
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::pool::Statements;
use super::index::{Progress, after, cover, progress, reach, read};
use super::trigrams::Field;

/// How many contacts wait at the most. A search reads them all, and whoever writes their trigrams keeps others waiting. A
/// release in which it is more finds contacts that one beside it, in which it is less, does not.
const WAITING: u8 = 64;

/// How far behind the last contact the progress may be for the next one to write the trigrams of all between. If it is
/// further, the index is being rebuilt.
const AT_ONCE: u64 = 2 * WAITING as u64;

/// Whether a contact that was just added may wait for its trigrams, or has them already.
pub(super) async fn may_wait(connection: &impl Statements, new: ContactId) -> Result<bool, StoreError> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return Ok(false);
    }
    // Without the row nothing is known of the contacts before.
    let Some(Progress { reached, is_whole }) = progress(connection, &read()).await? else { return Ok(false) };
    if is_whole {
        reach(connection, new.0 - 1).await?;
        return Ok(true);
    }
    let waiting = new.0.saturating_sub(reached);
    if waiting <= WAITING.into() {
        return Ok(waiting > 0);
    }
    if waiting.unsigned_abs() > AT_ONCE {
        return Ok(false);
    }
    // One that somebody wrote by hand and that does not read back keeps nobody from adding others.
    let Ok(waiting) = after(connection, reached, AT_ONCE).await else { return Ok(false) };
    cover(connection, &waiting).await?;
    reach(connection, new.0).await?;
    Ok(true)
}

/// Writes the trigrams of those that wait, before many are added that do not. Answers whether [`jump`] is to be called
/// behind them, so that the next ones can wait again.
pub(in super::super) async fn settle(connection: &impl Statements) -> Result<bool, StoreError> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return Ok(false);
    }
    let Some(Progress { reached, is_whole: false }) = progress(connection, &read()).await? else {
        return Ok(false);
    };
    let Ok(waiting) = after(connection, reached, AT_ONCE + 1).await else { return Ok(false) };
    cover(connection, &waiting).await?;
    // If there are more, the index is being rebuilt, which goes on where it was.
    Ok(waiting.len() as u64 <= AT_ONCE)
}

/// Passes over all contacts, which have their trigrams.
pub(in super::super) async fn jump(connection: &impl Statements) -> Result<(), StoreError> {
    const JUMP: &str =
        "UPDATE contact_index_progress SET reached = (SELECT coalesce(max(id), 0) FROM contacts)";
    let jump = Statement::from_string(DbBackend::Sqlite, JUMP);
    connection.execute_raw(jump).await.map_err(store_error)?;
    Ok(())
}

/// A contact that waits and has the text that is sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub(super) id: ContactId,
    pub(super) field: Field,
    pub(super) is_exact: bool,
}

/// The best match among the contacts that wait.
const BEST: &str = "SELECT contacts.id, CASE \
     WHEN instr(fullname_folded, ?1) > 0 THEN instr(coalesce(fullname_nfc, fullname), ?2) = 0 \
     ELSE 2 + (instr(coalesce(email_nfc, email), ?2) = 0) END AS place \
     FROM contact_index_progress AS progress CROSS JOIN contacts \
     WHERE progress.id = 1 AND finished_at IS NULL \
     AND user_id = ?3 AND contacts.id > reached AND contacts.id <= reached + ?4 \
     AND (instr(fullname_folded, ?1) > 0 OR instr(email_folded, ?1) > 0) \
     ORDER BY place, contacts.id LIMIT 1";

/// The best match among the contacts that wait.
///
/// It is sought before those that have trigrams: a contact that gets them in between is found twice, and in the other
/// order it would not be found.
pub(super) async fn best(
    connection: &impl Statements,
    owner: AccountId,
    search: &ContactSearch,
) -> Result<Option<Match>, StoreError> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return Ok(None);
    }
    let values = [search.folded().into(), search.exact().into(), owner.0.into(), i64::from(WAITING).into()];
    let find = Statement::from_sql_and_values(DbBackend::Sqlite, BEST, values);
    let found = connection.rows_of::<(i64, i64)>(find).await.map_err(store_error)?;
    let of_row = |(id, place)| Match {
        id: ContactId(id),
        field: if place < 2 { Field::Name } else { Field::Email },
        is_exact: place % 2 == 0,
    };
    Ok(found.first().copied().map(of_row))
}
