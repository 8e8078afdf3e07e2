//! The write-ahead log of SQLite, brought to disk once for all units of work that wait for it.

use std::error::Error;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use sea_orm::{DbErr, sqlx};
use tokio::sync::{mpsc, oneshot};

use super::super::errors::executing;

/// How many may wait; more wait to be let in.
const QUEUE: usize = 1024;

/// What came of a sync.
type Synced = Result<(), Arc<io::Error>>;

/// How long a sync may take before nobody else commits. A disk that does not answer would otherwise gather ever more
/// callers whose transactions took place and who are told nothing.
const STALLED: Duration = Duration::from_secs(10);

/// Why the log was not brought to disk.
#[derive(Debug)]
pub(in super::super) enum NotSynced {
    /// The log could not be opened, for instance because the process has no file descriptor left. Nothing was lost: a
    /// later sync brings the same to disk.
    Unopened(io::Error),
    /// The disk did not take it.
    Lost(io::Error),
}

impl From<io::Error> for NotSynced {
    fn from(error: io::Error) -> Self {
        Self::Lost(error)
    }
}

/// Whoever has committed waits here until the log is on disk.
///
/// With `synchronous = FULL` SQLite itself waits for the disk at the end of each transaction, and keeps the next one
/// waiting meanwhile. With `NORMAL` it does not wait, and this does it after the writer is free again: one sync serves
/// all who committed before it began. What was answered is on disk as before, because the log is on disk up to the last
/// commit of each sync, and SQLite itself waits for the disk wherever it begins the log anew. Others may read
/// what was committed before it is on disk, and what they write themselves is behind it in the log.
///
/// A log that once did not get to the disk may have a hole, and nothing behind a hole is found after a loss of power. So
/// after a failure every later call fails too, until the server is started anew.
#[derive(Debug, Clone)]
pub(in super::super) struct LogSync {
    waiting: mpsc::Sender<oneshot::Sender<Synced>>,
    failure: Arc<OnceLock<Arc<io::Error>>>,
    /// When the sync that is under way began.
    begun: Arc<Mutex<Option<Instant>>>,
}

impl LogSync {
    /// Starts the thread that brings a log to disk by calling `sync`. It ends when the last clone of this is dropped.
    pub(in super::super) fn start(
        sync: impl FnMut() -> Result<(), NotSynced> + Send + 'static,
    ) -> io::Result<Self> {
        let (waiting, requests) = mpsc::channel(QUEUE);
        let (failure, begun) = (Arc::default(), Arc::default());
        let (told, seen) = (Arc::clone(&failure), Arc::clone(&begun));
        let timed = timed(sync, seen);
        Builder::new().name("sqlite-log".to_owned()).spawn(move || serve(requests, timed, &told))?;
        Ok(Self { waiting, failure, begun })
    }

    /// An error if the log once did not get to the disk, or if the disk does not answer: then nothing more may be
    /// written.
    pub(super) fn check(&self) -> Result<(), DbErr> {
        if let Some(error) = self.failure.get() {
            return Err(again(error));
        }
        let begun = *self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if begun.is_some_and(|begun| begun.elapsed() > STALLED) {
            return Err(failed(io::Error::new(io::ErrorKind::TimedOut, "the disk does not answer")));
        }
        Ok(())
    }

    /// SQLite itself could not bring the log to disk.
    pub(super) fn fail(&self, error: impl Into<Box<dyn Error + Send + Sync>>) {
        fail(&self.failure, io::Error::other(error));
    }

    /// Waits until all that was committed before is on disk.
    pub(super) async fn sync(&self) -> Result<(), DbErr> {
        let (tell, told) = oneshot::channel();
        // Both fail if the thread is gone, which only a panic ends.
        self.waiting.send(tell).await.map_err(|gone| failed(io::Error::other(gone.to_string())))?;
        let synced = told.await.map_err(|gone| failed(io::Error::other(gone)))?;
        synced.map_err(|error| again(&error))
    }
}

fn again(error: &Arc<io::Error>) -> DbErr {
    failed(io::Error::new(error.kind(), Arc::clone(error)))
}

fn failed(error: io::Error) -> DbErr {
    executing(sqlx::Error::Io(error))
}

fn fail(failure: &OnceLock<Arc<io::Error>>, error: io::Error) {
    tracing::error!(
        error = &error as &dyn Error,
        "the log of the database did not get to the disk; nothing is written until a new start"
    );
    // The first failure is the one to know.
    let _ = failure.set(Arc::new(error));
}

/// The same, noting when a call began.
fn timed(
    mut sync: impl FnMut() -> Result<(), NotSynced>,
    begun: Arc<Mutex<Option<Instant>>>,
) -> impl FnMut() -> Result<(), NotSynced> {
    move || {
        let note = |at| *begun.lock().unwrap_or_else(PoisonError::into_inner) = at;
        note(Some(Instant::now()));
        let synced = sync();
        note(None);
        synced
    }
}

fn serve(
    mut requests: mpsc::Receiver<oneshot::Sender<Synced>>,
    mut sync: impl FnMut() -> Result<(), NotSynced>,
    failure: &OnceLock<Arc<io::Error>>,
) {
    let mut waiting = Vec::new();
    while requests.blocking_recv_many(&mut waiting, QUEUE) > 0 {
        let mut unopened = None;
        if failure.get().is_none() {
            match sync() {
                Ok(()) => {}
                Err(NotSynced::Unopened(error)) => {
                    tracing::error!(error = &error as &dyn Error, "the log of the database was not opened");
                    unopened = Some(Arc::new(error));
                }
                Err(NotSynced::Lost(error)) => fail(failure, error),
            }
        }
        let error = failure.get().or(unopened.as_ref());
        for tell in waiting.drain(..) {
            // Whoever was dropped meanwhile needs no answer.
            let _ = tell.send(error.map_or(Ok(()), |error| Err(Arc::clone(error))));
        }
    }
}

/// Brings the log of a database to disk. Where there is none, SQLite has written all of it back into the database and
/// waited for that, unless somebody removed both: then what is written has no name, and is lost.
///
/// It is opened each time, because SQLite may have made it anew. SQLite keeps no locks on this file, which closing it
/// would lose.
pub(in super::super) fn to_disk(database: &Path, log: &Path) -> Result<(), NotSynced> {
    match OpenOptions::new().write(true).open(log) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match database.try_exists() {
            Ok(true) => Ok(()),
            Ok(false) => Err(NotSynced::Lost(io::Error::new(error.kind(), "the database file was removed"))),
            Err(error) => Err(NotSynced::Unopened(error)),
        },
        Err(error) => Err(NotSynced::Unopened(error)),
        Ok(log) => log.sync_data().map_err(NotSynced::Lost),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc as blocking;

    use futures::FutureExt as _;

    use super::*;

    fn lost(error: impl Into<Box<dyn Error + Send + Sync>>) -> NotSynced {
        NotSynced::Lost(io::Error::other(error))
    }

    #[tokio::test]
    async fn a_log_that_could_not_be_opened_is_lost_to_nobody_later() {
        let calls = Arc::new(AtomicUsize::new(0));
        let log = LogSync::start(move || match calls.fetch_add(1, Ordering::Relaxed) {
            0 => Err(NotSynced::Unopened(io::Error::other("too many open files"))),
            _ => Ok(()),
        })
        .unwrap();
        assert!(log.sync().await.unwrap_err().to_string().contains("too many open files"));
        log.check().unwrap();
        log.sync().await.unwrap();
    }

    /// A log whose syncs tell when they begin and wait until they may go on.
    fn waiting_log() -> (LogSync, blocking::Receiver<()>, blocking::Sender<()>) {
        let (go_on, may_go_on) = blocking::channel::<()>();
        let (begin, has_begun) = blocking::channel();
        let log = LogSync::start(move || {
            begin.send(()).map_err(lost)?;
            may_go_on.recv().map_err(lost)
        });
        (log.unwrap(), has_begun, go_on)
    }

    #[tokio::test]
    async fn nobody_commits_while_the_disk_does_not_answer() {
        let (log, has_begun, go_on) = waiting_log();
        let mut waiting = Box::pin(log.sync());
        assert!((&mut waiting).now_or_never().is_none());
        has_begun.recv().unwrap();
        log.check().unwrap();
        // As if it had begun that long ago.
        let earlier = |begun: &mut Option<Instant>| *begun = begun.unwrap().checked_sub(STALLED * 2);
        earlier(&mut log.begun.lock().unwrap());
        assert!(log.check().unwrap_err().to_string().contains("the disk does not answer"));
        go_on.send(()).unwrap();
        waiting.await.unwrap();
        log.check().unwrap();
    }

    #[test]
    fn where_there_is_no_log_the_database_has_it_all_unless_it_is_gone_too() {
        let folder = tempfile::tempdir().unwrap();
        let (database, log) = (folder.path().join("v.db"), folder.path().join("v.db-wal"));
        assert!(matches!(to_disk(&database, &log), Err(NotSynced::Lost(_))));
        std::fs::write(&database, "").unwrap();
        to_disk(&database, &log).unwrap();
        std::fs::write(&log, "").unwrap();
        to_disk(&database, &log).unwrap();
    }

    #[tokio::test]
    async fn those_who_wait_while_the_disk_is_busy_share_the_next_sync() {
        let (log, has_begun, go_on) = waiting_log();
        let mut first = Box::pin(log.sync());
        assert!((&mut first).now_or_never().is_none());
        has_begun.recv().unwrap();
        let mut others: Vec<_> = (0..10).map(|_| Box::pin(log.sync())).collect();
        for other in &mut others {
            assert!(other.now_or_never().is_none());
        }
        go_on.send(()).unwrap();
        first.await.unwrap();
        has_begun.recv().unwrap();
        for other in &mut others {
            assert!(other.now_or_never().is_none(), "the sync that was under way does not count");
        }
        go_on.send(()).unwrap();
        for other in others {
            other.await.unwrap();
        }
        assert!(has_begun.try_recv().is_err());
    }

    #[tokio::test]
    async fn after_a_failure_nothing_counts_as_written() {
        let calls = Arc::new(AtomicUsize::new(0));
        let log = LogSync::start({
            let calls = calls.clone();
            move || match calls.fetch_add(1, Ordering::Relaxed) {
                0 => Err(lost("the disk is broken")),
                _ => Ok(()),
            }
        })
        .unwrap();
        for _ in 0..2 {
            assert!(log.sync().await.unwrap_err().to_string().contains("the disk is broken"));
            assert!(log.check().unwrap_err().to_string().contains("the disk is broken"));
        }
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    }
}
