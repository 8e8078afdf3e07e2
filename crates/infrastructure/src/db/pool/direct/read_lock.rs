//! A read lock that is held for all readers of a file.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Thread, park, park_timeout, sleep};
use std::time::Duration;

use sea_orm::sqlx::Error;
use tokio::sync::watch;

use super::super::freshness::Freshness;
use super::connection::{Direct, Opening};

/// How long the lock is held before it is taken anew.
pub(super) const HELD: Duration = Duration::from_millis(5);

/// After so many reads the lock is taken, and so many while it is held have it taken again.
const MANY: u32 = 64;

/// How long the lock is not tried after it could not be had.
const PAUSE: Duration = Duration::from_secs(1);

/// SQLite locks a part of the `-shm` file for each read and unlocks it afterwards, with a call of the system for each.
/// These locks belong to the process: while one of its connections has one, the others only count. So while there are many
/// reads, a connection of a thread of its own holds the lock that the next ones will want.
///
/// It reads nothing for anybody: every read begins when it is asked for, and finds all that was committed before. After a
/// commit readers lock another part, until this lock is taken anew.
///
/// The log is written back no further than the oldest reader has read. The writer of this process has the lock
/// [released](Self::released) first. Another process may find it held, and gets further if it tries again after it was
/// taken anew. A process that is stopped holds it until it goes on.
pub(in super::super::super) struct ReadLock {
    shared: Arc<Shared>,
    thread: Thread,
    /// Its sender is gone when the thread has closed its connection.
    ended: watch::Receiver<()>,
}

struct Shared {
    opening: Opening,
    freshness: Arc<Freshness>,
    /// How many reads there were since the lock was taken.
    reads: AtomicU32,
    /// Whether the thread looks at the number of reads by itself.
    is_awake: AtomicBool,
    is_closed: AtomicBool,
    /// In a transaction as long as it has the lock.
    holder: Mutex<Option<Direct>>,
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
            is_closed: AtomicBool::new(false),
            holder: Mutex::default(),
        });
        let of_thread = Arc::clone(&shared);
        let (ends, ended) = watch::channel(());
        let started = Builder::new().name("sqlite-read-lock".to_owned()).spawn(move || {
            of_thread.serve();
            drop(ends);
        })?;
        Ok(Self { shared, thread: started.thread().clone(), ended })
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
        release(&mut holder);
        holder
    }

    /// Closes the connection, for good. A disk that does not answer keeps the task waiting, and no thread.
    pub(super) async fn close(&self) {
        self.end();
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }

    fn end(&self) {
        self.shared.is_closed.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

impl Drop for ReadLock {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn holder(&self) -> MutexGuard<'_, Option<Direct>> {
        self.holder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds the lock whenever there are many reads, until this is closed.
    fn serve(&self) {
        while !self.is_closed.load(Ordering::Acquire) {
            if !self.is_awake.load(Ordering::Acquire) {
                park();
                continue;
            }
            self.reads.store(0, Ordering::Relaxed);
            // A panic is in the log.
            let taken = catch_unwind(AssertUnwindSafe(|| self.take()));
            let is_held = matches!(taken, Ok(Ok(())));
            if is_held {
                sleep(HELD);
                release(&mut self.holder());
            } else {
                // Readers lock for themselves.
                *self.holder() = None;
                if let Ok(Err(error)) = taken {
                    let error = &error as &dyn std::error::Error;
                    tracing::debug!(error, "no read lock is held for all readers");
                }
                park_timeout(PAUSE);
            }
            if !is_held || self.reads.load(Ordering::Relaxed) < MANY {
                self.reads.store(0, Ordering::Relaxed);
                self.is_awake.store(false, Ordering::Release);
            }
        }
        *self.holder() = None;
    }

    /// The lock is taken with the first read of a transaction. That of this number needs no schema.
    fn take(&self) -> Result<(), Error> {
        let stale = self.holder().take_if(|connection| !self.freshness.allows(|| connection.age()));
        drop(stale);
        if self.holder().is_none() {
            // Nobody who has the lock released waits for this.
            let opened = Direct::open(&self.opening)?;
            *self.holder() = Some(opened);
        }
        match &*self.holder() {
            Some(connection) => connection.execute_unprepared("BEGIN; PRAGMA user_version").map(drop),
            None => Ok(()),
        }
    }
}

fn release(holder: &mut Option<Direct>) {
    let ended = |connection: &Direct| connection.execute_unprepared("COMMIT").is_ok();
    holder.take_if(|connection| connection.is_in_transaction() && !ended(connection));
}

#[cfg(test)]
mod tests {
    use std::thread::yield_now;
    use std::time::Instant;

    use rusqlite::Connection;

    use super::*;

    /// A lock, and a connection that writes.
    fn lock() -> (ReadLock, Connection, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        let writer = Connection::open(&file).unwrap();
        writer.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE numbers (number INTEGER)").unwrap();
        let opening = Opening { file, read_only: false, pragmas: Vec::new() };
        (ReadLock::new(opening, Arc::new(Freshness::new())).unwrap(), writer, folder)
    }

    fn is_held(lock: &ReadLock) -> bool {
        lock.shared.holder().as_ref().is_some_and(Direct::is_in_transaction)
    }

    fn wait_until(is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            yield_now();
        }
    }

    /// Reads until the lock is held.
    fn read_much(lock: &ReadLock) {
        wait_until(|| {
            lock.count();
            is_held(lock)
        });
    }

    #[test]
    fn the_lock_is_held_while_there_are_many_reads_and_no_longer() {
        let (lock, _writer, _folder) = lock();
        (0..MANY).for_each(|_| lock.count());
        assert!(!lock.shared.is_awake.load(Ordering::Acquire));
        for _ in 0..2 {
            read_much(&lock);
            wait_until(|| !lock.shared.is_awake.load(Ordering::Acquire));
            assert!(!is_held(&lock));
        }
    }

    #[test]
    fn the_log_is_written_back_whole_while_the_lock_is_released() {
        let (lock, writer, _folder) = lock();
        let written_back = || {
            let row = |row: &rusqlite::Row<'_>| Ok([0, 1, 2].map(|place| row.get::<_, i64>(place).unwrap()));
            let [is_busy, log, back] = writer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], row).unwrap();
            assert_eq!(is_busy, 0);
            log == back
        };
        let insert = || writer.execute("INSERT INTO numbers VALUES (1)", []).unwrap();
        wait_until(|| {
            read_much(&lock);
            insert();
            !written_back()
        });
        for _ in 0..20 {
            read_much(&lock);
            insert();
            let released = lock.released();
            assert!(written_back());
            (0..=MANY).for_each(|_| lock.count());
            sleep(HELD * 2);
            insert();
            assert!(written_back());
            drop(released);
        }
    }

    #[tokio::test]
    async fn nothing_is_held_after_the_end() {
        let (lock, _writer, _folder) = lock();
        read_much(&lock);
        lock.close().await;
        lock.close().await;
        assert!(lock.shared.holder().is_none());
        (0..=MANY).for_each(|_| lock.count());
        sleep(HELD * 2);
        assert!(lock.shared.holder().is_none());
    }

    #[tokio::test]
    async fn a_disk_that_does_not_answer_keeps_the_task_waiting_and_not_its_thread() {
        let (lock, _writer, _folder) = lock();
        read_much(&lock);
        // As while the log is written back.
        let released = lock.released();
        for _ in 0..2 {
            assert!(tokio::time::timeout(HELD * 4, lock.close()).await.is_err());
        }
        drop(released);
        tokio::join!(lock.close(), lock.close());
        assert!(lock.shared.holder().is_none());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_tried_again() {
        let (lock, _writer, folder) = lock();
        let (file, elsewhere) = (folder.path().join("test.db"), folder.path().join("elsewhere.db"));
        std::fs::rename(&file, &elsewhere).unwrap();
        (0..=MANY).for_each(|_| lock.count());
        wait_until(|| !lock.shared.is_awake.load(Ordering::Acquire));
        std::fs::rename(elsewhere, file).unwrap();
        read_much(&lock);
    }
}
