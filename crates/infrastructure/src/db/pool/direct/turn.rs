//! The turn of one who writes.

use std::cell::Cell;

use sea_orm::Statement;
use sea_orm::sqlx::Error;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

use super::connection::{Direct, Opening};
use super::long::Long;

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
}

impl Slot {
    pub(super) fn new(checkpoint_at: u32) -> Self {
        Self { connection: None, logged: 0, checkpoint_at, long: Long::default() }
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
        if let Err(error) = connection.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)") {
            // The log grows until it works again. Nothing that was answered is lost: it is in the log.
            tracing::warn!(error = &error as &dyn std::error::Error, "the log was not written back");
        }
    }
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

    /// Whether a statement took long before, and is to be run where blocking is allowed.
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
        if slot.logged >= slot.checkpoint_at
            && let Ok(runtime) = Handle::try_current()
        {
            drop(runtime.spawn_blocking(move || slot.checkpoint()));
        }
    }
}
