//! A read lock that is held for all readers of a file.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Thread, park, sleep};
use std::time::Duration;

use sea_orm::sqlx::Error;

use super::super::freshness::Freshness;
use super::connection::{Direct, Opening};

/// How long the lock is held before it is taken anew. Whoever writes the log back in another process waits no longer.
const HELD: Duration = Duration::from_millis(5);

/// So many reads within [`HELD`] are worth it.
const MANY: u32 = 64;

/// SQLite locks a part of the `-shm` file for each read and unlocks it afterwards, with a call of the system for each.
/// These locks belong to the process: while one of its connections has one, the others only count. So while there are many
/// reads, a connection of a thread of its own holds the lock that the next ones will want.
///
/// It reads nothing for anybody: every read begins when it is asked for, and finds all that was committed before. After a
/// commit readers lock another part, until this lock is taken anew.
///
/// A log can be written back as far as the oldest reader has read, so whoever does that has the lock
/// [released](Self::released) first.
pub(in super::super::super) struct ReadLock {
    shared: Arc<Shared>,
    thread: Thread,
}

struct Shared {
    opening: Opening,
    freshness: Arc<Freshness>,
    /// How many reads there were since the lock was taken.
    reads: AtomicU32,
    /// Whether the thread looks at the number of reads by itself.
    is_awake: AtomicBool,
    holder: Mutex<Holder>,
}

#[derive(Default)]
struct Holder {
    /// In a transaction as long as it has the lock.
    connection: Option<Direct>,
    is_closed: bool,
}

impl ReadLock {
    /// Opens nothing before there are many reads.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(in super::super::super) fn new(opening: Opening, freshness: Arc<Freshness>) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            opening,
            freshness,
            reads: AtomicU32::new(0),
            is_awake: AtomicBool::new(false),
            holder: Mutex::default(),
        });
        let of_thread = Arc::clone(&shared);
        let started = Builder::new().name("sqlite-read-lock".to_owned()).spawn(move || of_thread.serve())?;
        Ok(Self { shared, thread: started.thread().clone() })
    }

    /// Counts a read that begins.
    pub(super) fn count(&self) {
        let Shared { reads, is_awake, .. } = &*self.shared;
        let are_many = reads.fetch_add(1, Ordering::Relaxed) >= MANY;
        if are_many && !is_awake.load(Ordering::Relaxed) && !is_awake.swap(true, Ordering::AcqRel) {
            self.thread.unpark();
        }
    }

    /// Gives up the lock, which is not taken again until the answer is dropped.
    pub(super) fn released(&self) -> impl Drop + '_ {
        let mut holder = self.shared.holder();
        holder.release();
        holder
    }

    /// Closes the connection, for good.
    pub(super) fn close(&self) {
        let closed =
            std::mem::replace(&mut *self.shared.holder(), Holder { connection: None, is_closed: true });
        self.thread.unpark();
        drop(closed);
    }
}

impl Drop for ReadLock {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    fn holder(&self) -> MutexGuard<'_, Holder> {
        self.holder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds the lock whenever there are many reads, until this is closed.
    fn serve(&self) {
        while !self.holder().is_closed {
            if !self.is_awake.load(Ordering::Acquire) {
                park();
                continue;
            }
            self.reads.store(0, Ordering::Relaxed);
            let is_held = self.holder().take(&self.opening, &self.freshness);
            sleep(HELD);
            self.holder().release();
            if !is_held || self.reads.load(Ordering::Relaxed) < MANY {
                self.is_awake.store(false, Ordering::Release);
            }
        }
    }
}

impl Holder {
    /// Whether it has the lock now.
    fn take(&mut self, opening: &Opening, freshness: &Freshness) -> bool {
        if self.is_closed {
            return false;
        }
        self.connection.take_if(|connection| !freshness.allows(connection.age()));
        match self.begin(opening) {
            Ok(()) => true,
            // Readers lock for themselves.
            Err(error) => {
                self.connection = None;
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "no read lock is held for all readers"
                );
                false
            }
        }
    }

    /// The lock is taken with the first read of a transaction.
    fn begin(&mut self, opening: &Opening) -> Result<(), Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => Direct::open(opening)?,
        };
        self.connection
            .insert(connection)
            .execute_unprepared("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1")?;
        Ok(())
    }

    fn release(&mut self) {
        let ended = |connection: &Direct| connection.execute_unprepared("COMMIT").is_ok();
        self.connection.take_if(|connection| connection.is_in_transaction() && !ended(connection));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn lock() -> (ReadLock, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        let made = rusqlite::Connection::open(&file).unwrap();
        made.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE numbers (number INTEGER)").unwrap();
        let opening = Opening { file, read_only: false, pragmas: Vec::new() };
        (ReadLock::new(opening, Arc::new(Freshness::new())).unwrap(), folder)
    }

    fn is_held(lock: &ReadLock) -> bool {
        lock.shared.holder().connection.as_ref().is_some_and(Direct::is_in_transaction)
    }

    /// Whether the lock is held at any time while there are many reads.
    fn is_held_for_many(lock: &ReadLock) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < HELD * 20 {
            lock.count();
            if is_held(lock) {
                return true;
            }
        }
        false
    }

    fn wait_until(is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn the_lock_is_held_while_there_are_many_reads_and_no_longer() {
        let (lock, _folder) = lock();
        (0..MANY).for_each(|_| lock.count());
        assert!(!lock.shared.is_awake.load(Ordering::Acquire));
        for _ in 0..2 {
            assert!(is_held_for_many(&lock));
            wait_until(|| !lock.shared.is_awake.load(Ordering::Acquire));
            assert!(!is_held(&lock));
        }
    }

    #[test]
    fn the_lock_is_not_taken_while_it_has_to_be_released_nor_after_it_was_closed() {
        let (lock, _folder) = lock();
        assert!(is_held_for_many(&lock));
        let released = lock.released();
        (0..=MANY).for_each(|_| lock.count());
        sleep(HELD * 4);
        assert!(lock.shared.holder.try_lock().is_err(), "whoever takes the lock waits");
        drop(released);
        assert!(is_held_for_many(&lock));
        lock.close();
        assert!(!is_held_for_many(&lock));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_tried_again() {
        let (lock, folder) = lock();
        let (file, elsewhere) = (folder.path().join("test.db"), folder.path().join("elsewhere.db"));
        std::fs::rename(&file, &elsewhere).unwrap();
        assert!(!is_held_for_many(&lock));
        std::fs::rename(elsewhere, file).unwrap();
        wait_until(|| is_held_for_many(&lock));
    }
}
