//! The turn of one who writes.

use std::cell::Cell;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sea_orm::sqlx::Error;
use sea_orm::{DbBackend, Statement};
use tokio::sync::OwnedMutexGuard;

use super::super::freshness::Freshness;
use super::super::log_sync::LogSync;
use super::connection::{Direct, Opening};
use super::failure::is_unsynced;
use super::long::Long;
use super::own_thread::OwnThread;
use super::read_lock::{HELD, ReadLock};
use super::statistics::take_statistics;

/// How long statistics are taken for granted. To take them, SQLite reads each index of a table that grew tenfold, and those
/// who write wait for it.
const BETWEEN_STATISTICS: Duration = Duration::from_mins(5);

/// How often a command tries to write all of the log back.
const TRIES: u32 = 3;

thread_local! {
    /// How many pages the log had after the last commit on this thread.
    static LOGGED: Cell<u32> = const { Cell::new(0) };
}

/// The writer's connection, between turns.
pub(super) struct Slot {
    /// `None` until it is needed, and after a fault.
    pub(super) connection: Option<Direct>,
    /// How many pages the log had after the last commit.
    logged: u32,
    /// From how many pages on the log is written back into the file.
    checkpoint_at: u32,
    long: Long,
    thread: OwnThread,
    log: LogSync,
    /// That of the readers of a server. A command has none, and waits for those of servers.
    lock: Option<Arc<ReadLock>>,
    freshness: Arc<Freshness>,
    /// When statistics were taken.
    analysed: Option<Instant>,
    /// Whether the log was written back since then.
    has_grown: bool,
}

impl Slot {
    pub(super) fn new(
        checkpoint_at: u32,
        thread: OwnThread,
        log: LogSync,
        lock: Option<Arc<ReadLock>>,
        freshness: Arc<Freshness>,
    ) -> Self {
        Self {
            connection: None,
            logged: 0,
            checkpoint_at,
            long: Long::default(),
            thread,
            log,
            lock,
            freshness,
            analysed: None,
            has_grown: false,
        }
    }

    /// Opens the connection.
    pub(super) fn open(&mut self, opening: &Opening) -> Result<(), Error> {
        let connection = Direct::open(opening)?;
        connection.after_commit(|_, pages| {
            LOGGED.set(u32::try_from(pages).unwrap_or_default());
            Ok(())
        });
        self.connection = Some(connection);
        Ok(())
    }

    /// Writes what is in the log back into the file, as much as no reader needs.
    fn checkpoint(&mut self) {
        self.logged = 0;
        let Some(connection) = &self.connection else { return };
        let written = match &self.lock {
            Some(lock) => {
                let _released = lock.released();
                write_back(connection).map(drop)
            }
            None => write_back_patiently(connection),
        };
        if let Err(error) = written {
            // The log grows until it works again. Nothing that was answered is lost: it is in the log.
            tracing::warn!(error = &error as &dyn std::error::Error, "the log was not written back");
            self.look_at(&error);
            return;
        }
        self.has_grown = true;
        if !self.may_analyse() {
            return;
        }
        self.analysed = Some(Instant::now());
        match take_statistics(connection) {
            Ok(are_new) => {
                self.has_grown = false;
                if are_new {
                    // A connection plans by those that it found when it was opened.
                    self.freshness.refuse_all();
                }
            }
            // Whoever writes first after a checkpoint begins the log anew.
            Err(error) => self.look_at(&error),
        }
    }

    fn may_analyse(&self) -> bool {
        self.analysed.is_none_or(|at| at.elapsed() >= BETWEEN_STATISTICS)
    }

    /// Whether there is something to do for the next one who writes to wait for.
    fn needs_upkeep(&self) -> bool {
        self.logged >= self.checkpoint_at || self.has_grown && self.may_analyse()
    }

    /// A checkpoint brings the log to disk before it reads it, and so does whoever begins the log anew. If that fails,
    /// the log may have a hole.
    fn look_at(&self, error: &Error) {
        if is_unsynced(error) {
            self.log.fail(error.to_string());
        }
    }
}

/// Writes back as much as no reader needs. Whether that is all.
fn write_back(connection: &Direct) -> Result<bool, Error> {
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(PASSIVE)");
    let told =
        connection.rows::<(i64, i64, i64)>(&statement)?.map_err(|error| Error::Decode(Box::new(error)))?;
    // Whoever comes while another process writes it back is told no sizes.
    Ok(told.first().is_some_and(|(is_busy, log, written)| *is_busy == 0 && log == written))
}

/// The same beside servers, which hold a read lock at almost any moment while they read much. What such a lock keeps from
/// being written back is tried again after it was taken anew. Once all is written back, the next locks are of the file and
/// not of the log. Then whoever writes next can begin the log anew.
fn write_back_patiently(connection: &Direct) -> Result<(), Error> {
    for _ in 0..TRIES {
        let is_all = write_back(connection)?;
        sleep(HELD * 2);
        if is_all {
            break;
        }
    }
    Ok(())
}

/// The only one who writes. Nothing stays open when it ends: whoever has the next turn begins anew, however this one
/// was left.
pub(super) struct Turn(Option<OwnedMutexGuard<Slot>>);

impl Turn {
    pub(super) fn new(slot: OwnedMutexGuard<Slot>) -> Self {
        Self(Some(slot))
    }

    /// Calls SQLite.
    pub(super) fn call<T>(&mut self, call: impl FnOnce(&Direct) -> Result<T, Error>) -> Result<T, Error> {
        let Some(slot) = &mut self.0 else { return Err(Error::WorkerCrashed) };
        let Some(connection) = &slot.connection else { return Err(Error::WorkerCrashed) };
        LOGGED.set(0);
        let answer = call(connection);
        slot.logged = slot.logged.max(LOGGED.take());
        if let Err(error) = &answer {
            slot.look_at(error);
        }
        answer
    }

    /// Runs a statement, and remembers if it was a long one.
    pub(super) fn run<T>(
        &mut self,
        statement: &Statement,
        call: fn(&Direct, &Statement) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let answer = self.call(|connection| call(connection, statement));
        if let Some(slot) = &mut self.0
            && slot.connection.as_ref().is_some_and(Direct::was_long)
        {
            slot.long.remember(&statement.sql);
        }
        answer
    }

    /// Whether a statement took long before, and is to be run on the writer's own thread.
    pub(super) fn is_long(&mut self, statement: &Statement) -> bool {
        self.0.as_mut().is_some_and(|slot| slot.long.has(&statement.sql))
    }

    pub(super) fn is_in_transaction(&self) -> bool {
        self.0.as_ref().and_then(|slot| slot.connection.as_ref()).is_some_and(Direct::is_in_transaction)
    }

    /// Closes the connection at the end of the turn.
    pub(super) fn discard(&mut self) {
        if let Some(slot) = &mut self.0 {
            slot.connection = None;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut slot) = self.0.take() else { return };
        if let Some(connection) = &slot.connection
            && connection.is_in_transaction()
        {
            let rolled_back = connection.execute_unprepared("ROLLBACK");
            if rolled_back.is_err() || connection.is_in_transaction() {
                tracing::debug!("a connection whose transaction could not be rolled back is closed");
                slot.connection = None;
            }
        }
        // Takes as long as the disk does. Others who write wait for it, and those who have written do not.
        if slot.needs_upkeep() {
            drop(slot.thread.clone().call(move || slot.checkpoint()));
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;
    use tokio::sync::Mutex;

    use super::super::failure::error;
    use super::*;

    #[tokio::test]
    async fn nothing_more_is_written_once_sqlite_could_not_bring_the_log_to_disk() {
        for (code, may_go_on) in [(ffi::SQLITE_IOERR_FSYNC, false), (ffi::SQLITE_IOERR_READ, true)] {
            let log = LogSync::start(|| Ok(())).unwrap();
            let opening = Opening { file: ":memory:".into(), read_only: false, pragmas: Vec::new() };
            let freshness = Arc::new(Freshness::new());
            let thread = OwnThread::start().unwrap();
            let slot = Arc::new(Mutex::new(Slot::new(1_000, thread, log.clone(), None, freshness)));
            slot.lock().await.open(&opening).unwrap();
            let mut turn = Turn::new(slot.lock_owned().await);
            let failed = |_: &Direct| Err(error(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)));
            turn.call::<()>(failed).unwrap_err();
            assert_eq!(log.check().is_ok(), may_go_on);
            assert_eq!(log.sync().await.is_ok(), may_go_on);
        }
    }
}
