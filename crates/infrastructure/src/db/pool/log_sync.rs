//! The write-ahead log of SQLite, brought to disk once for all units of work that wait for it.

use std::error::Error;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread::Builder;

use sea_orm::{DbErr, sqlx};
use tokio::sync::{mpsc, oneshot};

use super::super::errors::executing;

/// How many may wait; more wait to be let in.
const QUEUE: usize = 1024;

/// What came of a sync.
type Synced = Result<(), Arc<io::Error>>;

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
}

impl LogSync {
    /// Starts the thread that brings a log to disk by calling `sync`. It ends when the last clone of this is dropped.
    pub(in super::super) fn start(sync: impl FnMut() -> io::Result<()> + Send + 'static) -> io::Result<Self> {
        let (waiting, requests) = mpsc::channel(QUEUE);
        let failure = Arc::default();
        let told = Arc::clone(&failure);
        Builder::new().name("sqlite-log".to_owned()).spawn(move || serve(requests, sync, &told))?;
        Ok(Self { waiting, failure })
    }

    /// An error if the log once did not get to the disk: then nothing more may be written.
    pub(super) fn check(&self) -> Result<(), DbErr> {
        self.failure.get().map_or(Ok(()), |error| Err(again(error)))
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

fn serve(
    mut requests: mpsc::Receiver<oneshot::Sender<Synced>>,
    mut sync: impl FnMut() -> io::Result<()>,
    failure: &OnceLock<Arc<io::Error>>,
) {
    let mut waiting = Vec::new();
    while requests.blocking_recv_many(&mut waiting, QUEUE) > 0 {
        if failure.get().is_none()
            && let Err(error) = sync()
        {
            fail(failure, error);
        }
        for tell in waiting.drain(..) {
            // Whoever was dropped meanwhile needs no answer.
            let _ = tell.send(failure.get().map_or(Ok(()), |error| Err(Arc::clone(error))));
        }
    }
}

/// Brings the log to disk. Where there is none, SQLite has written all of it back into the database and waited for that.
///
/// It is opened each time, because SQLite may have made it anew. SQLite keeps no locks on this file, which closing it
/// would lose.
pub(in super::super) fn to_disk(log: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(log) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        log => log?.sync_data(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc as blocking;

    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn those_who_wait_while_the_disk_is_busy_share_the_next_sync() {
        let (go_on, may_go_on) = blocking::channel::<()>();
        let (begin, has_begun) = blocking::channel();
        let log = LogSync::start(move || {
            begin.send(()).map_err(io::Error::other)?;
            may_go_on.recv().map_err(io::Error::other)
        })
        .unwrap();
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
                0 => Err(io::Error::other("the disk is broken")),
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
