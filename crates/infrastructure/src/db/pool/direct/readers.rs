//! Connections that read on the thread of their caller.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::Error;
use sea_orm::{DbErr, Statement};

use super::super::super::errors::querying;
use super::super::faults::Fault;
use super::super::freshness::Freshness;
use super::super::rows::Columns;
use super::connection::{Direct, Opening};
use super::failure::{is_busy, is_interrupted};
use super::long::Long;
use super::read_lock::ReadLock;

/// Connections that change nothing. As many are open as threads read at the same time, since a read never waits.
///
/// A read that is long is stopped, and begins anew on a connection with a thread of its own. What it did until then is
/// lost, so of a text that was too long only every 16th read is tried here.
///
/// A read that waits for the disk cannot be stopped. While one has waited for [`STALLED`], nothing more is read here, so
/// that a disk that does not answer holds only the threads that began to read in the moments before.
pub(in super::super::super) struct Readers {
    opening: Opening,
    freshness: Arc<Freshness>,
    /// That of a server.
    lock: Option<Arc<ReadLock>>,
    state: Mutex<State>,
}

/// Longer than a read takes that is stopped in time.
const STALLED: Duration = Duration::from_millis(50);

#[derive(Default)]
struct State {
    /// When each read began that has not ended.
    begun: Vec<Instant>,
    free: Vec<Direct>,
    /// How many more may be opened.
    left: u32,
    is_closed: bool,
    long: Long,
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readers").finish_non_exhaustive()
    }
}

impl Readers {
    /// Up to so many connections. None is opened before it is needed. `lock`, which a server has, is held
    /// for them while they read much.
    pub(in super::super::super) fn new(
        opening: Opening,
        freshness: Arc<Freshness>,
        lock: Option<Arc<ReadLock>>,
        most: u32,
    ) -> Self {
        Self { opening, freshness, lock, state: Mutex::new(State { left: most, ..State::default() }) }
    }

    /// The rows of a statement. `None` if they have to be read elsewhere.
    pub(in super::super) fn rows<T: Columns>(&self, statement: &Statement) -> Option<Result<Vec<T>, DbErr>> {
        let rows = self.read(&statement.sql, |reader| reader.rows(statement))?;
        Some(rows.map_err(querying).flatten())
    }

    /// Reads at once. `None` if this has to be done elsewhere: no connection is free, another process has the file, or
    /// it takes too long.
    fn read<T>(&self, sql: &str, call: impl FnOnce(&Direct) -> Result<T, Error>) -> Option<Result<T, Error>> {
        let mut taken = self.take(sql)?;
        let reader = taken.reader.take()?;
        if let Some(lock) = &self.lock {
            lock.count();
        }
        let answer = reader.limited(taken.begun, call);
        match &answer {
            Err(error) if is_interrupted(error) => {
                self.state().long.remember(sql);
                taken.reader = Some(reader);
                return None;
            }
            Err(error) if is_busy(error) => {
                taken.reader = Some(reader);
                return None;
            }
            Err(error) => match Fault::of(error) {
                Fault::Server => self.freshness.refuse_all(),
                Fault::Connection => {}
                Fault::Statement | Fault::Transaction => taken.reader = Some(reader),
            },
            Ok(_) => taken.reader = Some(reader),
        }
        Some(answer)
    }

    /// Closes all connections. Later reads are done elsewhere.
    pub(in super::super) async fn close(&self) {
        let closed = std::mem::replace(&mut *self.state(), State { is_closed: true, ..State::default() });
        drop(closed);
        if let Some(lock) = &self.lock {
            lock.close().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, sql: &str) -> Option<Taken<'_>> {
        let mut state = self.state();
        let now = Instant::now();
        if state.begun.iter().any(|begun| now.duration_since(*begun) > STALLED) || state.long.has(sql) {
            return None;
        }
        while let Some(reader) = state.free.pop() {
            if self.freshness.allows(|| reader.age()) {
                state.begun.push(now);
                return Some(Taken { readers: self, reader: Some(reader), begun: now });
            }
            state.left += 1;
        }
        state.left = state.left.checked_sub(1)?;
        state.begun.push(now);
        drop(state);
        // From here on, dropping gives the place back.
        let mut taken = Taken { readers: self, reader: None, begun: now };
        match Direct::open(&self.opening) {
            Ok(reader) => taken.reader = Some(reader),
            Err(error) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "a file is not read at once");
                return None;
            }
        }
        Some(taken)
    }
}

/// A connection that is in use, or its place if it is gone.
struct Taken<'a> {
    readers: &'a Readers,
    reader: Option<Direct>,
    begun: Instant,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut state = self.readers.state();
        if let Some(place) = state.begun.iter().position(|begun| *begun == self.begun) {
            state.begun.swap_remove(place);
        }
        match self.reader.take() {
            Some(reader) if !state.is_closed => state.free.push(reader),
            Some(_) => {}
            None if state.is_closed => {}
            None => state.left += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use sea_orm::DbBackend;

    use super::*;

    #[test]
    fn while_the_disk_does_not_answer_nothing_is_read_on_the_callers_thread() {
        let opening = Opening { file: ":memory:".into(), read_only: false, pragmas: Vec::new() };
        let freshness = Arc::new(Freshness::new());
        let readers = Readers::new(opening, freshness, None, 4);
        let one = Statement::from_string(DbBackend::Sqlite, "SELECT 1");
        let is_read_here = || readers.rows::<(i64,)>(&one).is_some();
        let (has_begun, begun) = channel();
        let (answer, answered) = channel::<()>();
        thread::scope(|threads| {
            let stalled = threads.spawn(|| {
                readers.read("SELECT 2", move |_| {
                    has_begun.send(()).unwrap();
                    Ok(answered.recv())
                })
            });
            begun.recv().unwrap();
            thread::sleep(STALLED * 2);
            assert!(!is_read_here());
            answer.send(()).unwrap();
            assert!(stalled.join().unwrap().is_some());
            assert!(is_read_here());
        });
    }
}
