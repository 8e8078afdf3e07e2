//! A connection to SQLite that is called on the caller's thread.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::hooks::Wal;
use rusqlite::{CachedStatement, Connection, OpenFlags, Row};
use sea_orm::sqlx::Error;
use sea_orm::{DbErr, Statement};

use super::super::super::connect::SLOW;
use super::super::super::errors::querying;
use super::super::rows::{Column, Columns, Places};
use super::super::statements::Done;
use super::bind;
use super::failure::error;
use super::watch::{INSTRUCTIONS, Watch};

/// How many prepared statements a connection keeps, as with sqlx.
const PREPARED: usize = 100;

/// How a connection is opened.
#[derive(Debug, Clone)]
pub(in super::super::super) struct Opening {
    /// The file.
    pub(in super::super::super) file: PathBuf,
    /// Whether the file may be opened for reading only.
    pub(in super::super::super) read_only: bool,
    /// What is set first, by name and value.
    pub(in super::super::super) pragmas: Vec<(&'static str, &'static str)>,
}

pub(super) struct Direct {
    sqlite: Connection,
    watch: Arc<Watch>,
}

impl Direct {
    /// Opens the file, which has to exist.
    pub(super) fn open(opening: &Opening) -> Result<Self, Error> {
        let access = if opening.read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        };
        let flags = access | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sqlite = Connection::open_with_flags(&opening.file, flags).map_err(error)?;
        sqlite.set_prepared_statement_cache_capacity(PREPARED);
        // Nobody waits on the thread of a caller.
        sqlite.busy_timeout(Duration::ZERO).map_err(error)?;
        for (name, value) in &opening.pragmas {
            sqlite.execute_batch(&format!("PRAGMA {name} = {value}")).map_err(error)?;
        }
        let watch = Arc::new(Watch::new());
        let watched = Arc::clone(&watch);
        sqlite.progress_handler(INSTRUCTIONS, Some(move || watched.look())).map_err(error)?;
        Ok(Self { sqlite, watch })
    }

    /// Has a function called after each commit with the size of the log in pages, instead of writing the log back.
    pub(super) fn after_commit(&self, told: fn(&Wal, i32) -> rusqlite::Result<()>) {
        self.sqlite.wal_hook(Some(told));
    }

    pub(super) fn is_in_transaction(&self) -> bool {
        !self.sqlite.is_autocommit()
    }

    /// Runs a statement.
    pub(super) fn execute(&self, statement: &Statement) -> Result<Done, Error> {
        self.watch.begin();
        let stepped = timed(&statement.sql, || {
            let mut prepared = self.prepared(&statement.sql)?;
            bind::bind(&mut prepared, statement)?;
            let mut rows = prepared.raw_query();
            while rows.next()?.is_some() {}
            Ok(())
        });
        stepped.map_err(error)?;
        Ok(self.done())
    }

    /// Runs one or several statements without parameters.
    pub(super) fn execute_unprepared(&self, sql: &str) -> Result<Done, Error> {
        timed(sql, || self.sqlite.execute_batch(sql)).map_err(error)?;
        Ok(self.done())
    }

    /// SQLite prepares a statement by the schema that it knows, and looks for a newer one only at some errors. So at
    /// all others this does, because another connection may have changed the schema.
    fn prepared(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.sqlite.prepare_cached(sql).or_else(|_old_schema| {
            self.sqlite.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            self.sqlite.prepare_cached(sql)
        })
    }

    fn done(&self) -> Done {
        Done { rows_affected: self.sqlite.changes(), last_insert_id: self.sqlite.last_insert_rowid() }
    }

    /// Makes a call in which long statements are interrupted. Its time counts from `begun` on.
    pub(super) fn limited<T>(&self, begun: Instant, call: impl FnOnce(&Self) -> T) -> T {
        self.watch.limit(begun, || call(self))
    }

    /// Whether the last statement was a long one.
    pub(super) fn was_long(&self) -> bool {
        self.watch.was_long()
    }

    pub(super) fn age(&self) -> Duration {
        self.watch.age()
    }

    /// The rows of a statement. The inner error is of a value that does not read back.
    pub(super) fn rows<T: Columns>(&self, statement: &Statement) -> Result<Result<Vec<T>, DbErr>, Error> {
        self.watch.begin();
        let stepped = timed(&statement.sql, || {
            let mut prepared = self.prepared(&statement.sql)?;
            bind::bind(&mut prepared, statement)?;
            let mut rows = prepared.raw_query();
            let mut read = Vec::new();
            while let Some(row) = rows.next()? {
                match T::read(&mut OfRow { row, place: 0 }) {
                    Ok(row) => read.push(row),
                    Err(error) => return Ok(Err(error)),
                }
            }
            Ok(Ok(read))
        });
        stepped.map_err(error)
    }
}

/// A value that does not read back as what the column should hold.
#[derive(Debug, thiserror::Error)]
#[error("the value in column {0} is of another type")]
struct OtherType(String);

struct OfRow<'a, 'b> {
    row: &'a Row<'b>,
    place: usize,
}

impl Places for OfRow<'_, '_> {
    fn next<T: Column>(&mut self) -> Result<T, DbErr> {
        let place = self.place;
        self.place += 1;
        let value = self.row.get_ref(place).map_err(|missing| querying(error(missing)))?;
        T::of_sqlite(value).ok_or_else(|| {
            let column = self.row.as_ref().column_name(place).unwrap_or_default().to_owned();
            querying(Error::Decode(Box::new(OtherType(column))))
        })
    }
}

/// Logs a statement as sqlx does: by its text, and never by its values.
fn timed<T>(sql: &str, call: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let answer = call();
    let elapsed = begun.elapsed();
    if elapsed >= SLOW {
        tracing::warn!(target: "sqlx::query", statement = sql, ?elapsed, "slow statement");
    } else {
        tracing::trace!(target: "sqlx::query", statement = sql, ?elapsed, "statement");
    }
    answer
}
