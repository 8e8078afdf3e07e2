//! The newest contacts on SQLite, whose trigrams are written for many at once.
//!
//! A contact has about 40 trigrams, nearly each on another page of their table, and SQLite writes each page that a
//! transaction changed to its log as a whole. Written for each contact alone they were nine tenths of what was written, and
//! most of the time of a new contact, in which nobody else writes. The trigrams of many contacts share pages.
//!
//! So new contacts wait, [`WAITING`] of them at the most, and the next one writes the trigrams of all in its own
//! transaction. In the row of the progress they are what contacts are while the index is rebuilt: behind the id that is
//! reached. A search reads the first [`WAITING`] ids behind it one by one, so that it finds them. A server that dies leaves
//! nothing half-way. Whoever rebuilds the index covers them too: each server from time to time and when it stops, one of
//! another release, or one on PostgreSQL that was given a copy of the database. The last two do not read them one by one,
//! and find them only when they are covered.
//!
//! The ids of contacts grow in the order in which they are committed, because SQLite has one writer and gives no id twice
//! (`AUTOINCREMENT`).

use sea_orm::{DbBackend, Statement};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactId, ContactSearch};
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::pool::Statements;
use super::index::{Progress, after, cover, newest, progress, reach, read};
use super::trigrams::Field;

/// How many contacts wait at the most. A search reads them all, and whoever writes their trigrams keeps others waiting for
/// some milliseconds; with twice as many, a tenth more are added in a second. A release in which it is more finds contacts
/// that one beside it, in which it is less, does not.
const WAITING: u8 = 32;

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

/// Behind which id contacts wait, if any do.
async fn behind(connection: &impl Statements) -> Result<Option<i64>, StoreError> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return Ok(None);
    }
    let progress = progress(connection, &read()).await?;
    Ok(progress.filter(|progress| !progress.is_whole).map(|progress| progress.reached))
}

/// Writes the trigrams of those that wait, before many are added that do not. Answers whether [`jump`] is to be called
/// behind them, so that the next ones can wait again.
pub(in super::super) async fn settle(connection: &impl Statements) -> Result<bool, StoreError> {
    let Some(reached) = behind(connection).await? else { return Ok(false) };
    // One that does not read back keeps nobody from adding others, and all wait on.
    let Ok(waiting) = after(connection, reached, AT_ONCE + 1).await else { return Ok(false) };
    cover(connection, &waiting).await?;
    // If there are more, the index is being rebuilt, which goes on where it was.
    Ok(waiting.len() as u64 <= AT_ONCE)
}

/// Writes the trigrams of those that wait, or fails if one of them does not read back.
pub(super) async fn cover_all(connection: &impl Statements) -> Result<(), StoreError> {
    let Some(reached) = behind(connection).await? else { return Ok(()) };
    let waiting = after(connection, reached, AT_ONCE).await.map_err(store_error)?;
    cover(connection, &waiting).await
}

/// Writes the trigrams of the newest contacts, of whom some may wait. That is not known any more where the row of the
/// progress was lost, or where another release began the rebuilding of the index anew.
pub(super) async fn cover_newest(connection: &impl Statements) -> Result<(), StoreError> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    // One that does not read back stops the rebuilding when its turn comes, and not the covering of those before it.
    let Ok(newest) = newest(connection, AT_ONCE).await else { return Ok(()) };
    cover(connection, &newest).await
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
    pub(super) is_exact: bool,
}

impl Match {
    /// Reads the row of [`and_best`]. In the rows of the statement itself the second number is not negative.
    pub(super) fn of_row((id, place): (i64, i32)) -> Option<Self> {
        (place < 0).then_some(Self { id: ContactId(id), is_exact: place == EXACT })
    }
}

/// What [`and_best`] says of a match in the exact spelling. One less says it of another letter case.
const EXACT: i32 = -1;

/// Lets a statement that counts trigrams answer one more row: the best match among the contacts that wait, as
/// [`Match::of_row`] reads it. In a statement of its own it would make a search a fifth slower.
///
/// It is sought in the same state of the database in which trigrams are counted, and the contacts that have those are read
/// later. So one that gets its trigrams in between is found, if not twice.
pub(super) fn and_best(
    counting: Statement,
    owner: AccountId,
    field: Field,
    search: &ContactSearch,
) -> Statement {
    if counting.db_backend != DbBackend::Sqlite {
        return counting;
    }
    let (folded_text, text) = match field {
        Field::Name => ("fullname_folded", "coalesce(fullname_nfc, fullname)"),
        Field::Email => ("email_folded", "coalesce(email_nfc, email)"),
    };
    let mut values = counting.values.map(|values| values.0).unwrap_or_default();
    let [folded, exact, user, most] = [1, 2, 3, 4].map(|place| values.len() + place);
    values.extend([search.folded().into(), search.exact().into(), owner.0.into(), i64::from(WAITING).into()]);
    let sql = format!(
        "{} UNION ALL SELECT * FROM (\
         SELECT contacts.id, {EXACT} - (instr({text}, ?{exact}) = 0) AS place \
         FROM contact_index_progress AS progress CROSS JOIN contacts \
         WHERE progress.id = 1 AND finished_at IS NULL \
         AND user_id = ?{user} AND contacts.id > reached AND contacts.id <= reached + ?{most} \
         AND instr({folded_text}, ?{folded}) > 0 \
         ORDER BY place DESC, contacts.id LIMIT 1)",
        counting.sql
    );
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}
