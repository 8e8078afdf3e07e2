//! The connection that writes, on the thread of its caller.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{fmt, io};

use sea_orm::sqlx::Error;
use sea_orm::{DbErr, Statement};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::super::faults::Fault;
use super::super::freshness::Freshness;
use super::super::log_sync::LogSync;
use super::super::rows::Columns;
use super::super::statements::Done;
use super::connection::{Direct, Opening};
use super::failure::is_busy;
use super::own_thread::OwnThread;
use super::read_lock::ReadLock;
use super::statistics::take_statistics;
use super::turn::{Slot, Turn};
use super::waits::Waits;

/// A statement with more values than this runs on the writer's own thread.
const MANY_VALUES: usize = 256;

/// The writer of a file. Those who write queue for it, in order.
pub(in super::super::super) struct Writer {
    slot: Arc<Mutex<Slot>>,
    thread: OwnThread,
    opening: Opening,
    freshness: Arc<Freshness>,
    /// How long a call waits for its turn, and a statement for another process.
    patience: Duration,
    is_closed: AtomicBool,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// `checkpoint_at` is the size of the log in pages from which on it is written back into the file. `log` is told
    /// when SQLite could not bring the log to disk. `lock`, which a server has, is released while
    /// the log is written back.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(in super::super::super) fn new(
        opening: Opening,
        freshness: Arc<Freshness>,
        patience: Duration,
        checkpoint_at: u32,
        log: LogSync,
        lock: Option<Arc<ReadLock>>,
    ) -> io::Result<Self> {
        let thread = OwnThread::start()?;
        let slot =
            Arc::new(Mutex::new(Slot::new(checkpoint_at, thread.clone(), log, lock, freshness.clone())));
        Ok(Self { slot, thread, opening, freshness, patience, is_closed: AtomicBool::new(false) })
    }

    /// Waits for a turn.
    pub(in super::super) async fn acquire(&self) -> Result<Held, Error> {
        let mut slot = match Arc::clone(&self.slot).try_lock_owned() {
            Ok(slot) => slot,
            Err(_held) => match timeout(self.patience, Arc::clone(&self.slot).lock_owned()).await {
                Ok(slot) => slot,
                Err(_elapsed) => return Err(Error::PoolTimedOut),
            },
        };
        if self.is_closed.load(Ordering::Acquire) {
            return Err(Error::PoolClosed);
        }
        if !slot.connection.as_ref().is_some_and(|connection| self.freshness.allows(|| connection.age())) {
            slot.connection = None;
            let mut waits = Waits::new(self.patience);
            while let Err(error) = slot.open(&self.opening) {
                // Another process may be about to mend the log.
                if !is_busy(&error) || !waits.wait().await {
                    return Err(error);
                }
            }
        }
        let freshness = Arc::clone(&self.freshness);
        let (turn, thread) = (Some(Turn::new(slot)), self.thread.clone());
        Ok(Held { turn, known: Known::Settled, thread, freshness, patience: self.patience })
    }

    /// Waits for open units of work, then closes the connection.
    pub(in super::super) async fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        let mut slot = Arc::clone(&self.slot).lock_owned().await;
        let Some(connection) = slot.connection.take() else { return };
        // Without them SQLite plans as for large tables.
        let _ = self.thread.call(move || take_statistics(&connection)).await;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Every call was answered.
    Settled,
    /// A call is under way elsewhere.
    Asked,
    /// An error has ended the transaction. Nothing more is sent, because it would be written outside of the transaction.
    Over,
    /// The connection cannot be used any more.
    Broken,
}

/// A call on a transaction that an error has ended already.
#[derive(Debug, thiserror::Error)]
#[error("the unit of work ended with an earlier error")]
struct UnitIsOver;

/// The turn of a statement or a unit of work. Dropping it rolls back.
pub(in super::super) struct Held {
    turn: Option<Turn>,
    known: Known,
    thread: OwnThread,
    freshness: Arc<Freshness>,
    patience: Duration,
}

impl Held {
    pub(in super::super) async fn execute(&mut self, statement: &Statement) -> Result<Done, Error> {
        self.run(statement, Direct::execute).await
    }

    pub(in super::super) async fn execute_unprepared(&mut self, sql: &str) -> Result<Done, Error> {
        self.waiting(|connection| connection.execute_unprepared(sql)).await
    }

    /// The rows of a statement. The inner error is of a value that does not read back.
    pub(in super::super) async fn rows<T: Columns>(
        &mut self,
        statement: &Statement,
    ) -> Result<Result<Vec<T>, DbErr>, Error> {
        self.run(statement, Direct::rows::<T>).await
    }

    /// Opens a transaction. The write lock is taken at once: a transaction that reads first and writes later would
    /// fail, without waiting, if another process wrote in between.
    pub(in super::super) async fn begin(&mut self) -> Result<(), Error> {
        let begun = self.waiting(|connection| connection.execute_unprepared("BEGIN IMMEDIATE")).await;
        if begun.as_ref().is_err_and(|error| Fault::of(error) != Fault::Transaction) {
            self.break_off();
        }
        begun.map(drop)
    }

    /// Commits. If that fails, the connection is closed, because its state is unknown.
    #[expect(clippy::unused_async, reason = "as the other drivers do")]
    pub(in super::super) async fn commit(mut self) -> Result<(), Error> {
        let answer = self.now(|turn| turn.call(|connection| connection.execute_unprepared("COMMIT")));
        if answer.is_err() {
            self.break_off();
        }
        answer.map(drop)
    }

    /// Whether the connection cannot be used any more.
    pub(in super::super) fn is_broken(&self) -> bool {
        self.known == Known::Broken
    }

    /// Runs a statement on this thread, or on the writer's own if it is known to be long. While another process
    /// has the lock on the file, the task waits and no thread does. Inside of a transaction the lock is ours.
    async fn run<T: Send + 'static>(
        &mut self,
        statement: &Statement,
        call: fn(&Direct, &Statement) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let has_many = statement.values.as_ref().is_some_and(|values| values.0.len() > MANY_VALUES);
        let is_long = has_many || self.turn.as_mut().is_some_and(|turn| turn.is_long(statement));
        let mut waits = Waits::new(self.patience);
        loop {
            let was_in_transaction = self.is_in_transaction();
            let answer = if is_long {
                self.elsewhere(statement.clone(), call).await
            } else {
                self.now(|turn| turn.run(statement, call))
            };
            match answer {
                Err(error) if self.is_kept_out(&error, was_in_transaction) && waits.wait().await => {}
                answer => return answer,
            }
        }
    }

    /// Calls SQLite on this thread. While another process has the lock on the file, the task waits.
    async fn waiting<T>(&mut self, call: impl Fn(&Direct) -> Result<T, Error> + Send) -> Result<T, Error> {
        let mut waits = Waits::new(self.patience);
        loop {
            let was_in_transaction = self.is_in_transaction();
            match self.now(|turn| turn.call(&call)) {
                Err(error) if self.is_kept_out(&error, was_in_transaction) && waits.wait().await => {}
                answer => return answer,
            }
        }
    }

    fn is_in_transaction(&self) -> bool {
        self.turn.as_ref().is_some_and(Turn::is_in_transaction)
    }

    /// Whether another process has the lock, and another try may get it.
    fn is_kept_out(&self, error: &Error, was_in_transaction: bool) -> bool {
        is_busy(error) && !was_in_transaction && self.known == Known::Settled
    }

    fn now<T>(&mut self, call: impl FnOnce(&mut Turn) -> Result<T, Error>) -> Result<T, Error> {
        let (Some(turn), Known::Settled) = (&mut self.turn, self.known) else { return Err(is_over()) };
        let was_in_transaction = turn.is_in_transaction();
        let answer = call(turn);
        self.settle(answer, was_in_transaction)
    }

    /// Runs a statement on the writer's own thread. If this is dropped, the turn ends when SQLite has answered.
    async fn elsewhere<T: Send + 'static>(
        &mut self,
        statement: Statement,
        call: fn(&Direct, &Statement) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.known != Known::Settled {
            return Err(is_over());
        }
        let Some(mut turn) = self.turn.take() else { return Err(is_over()) };
        self.known = Known::Asked;
        let was_in_transaction = turn.is_in_transaction();
        let called = self.thread.call(move || {
            let answer = turn.run(&statement, call);
            (turn, answer)
        });
        let Ok((turn, answer)) = called.await else {
            self.known = Known::Broken;
            return Err(Error::WorkerCrashed);
        };
        self.turn = Some(turn);
        self.settle(answer, was_in_transaction)
    }

    fn settle<T>(&mut self, answer: Result<T, Error>, was_in_transaction: bool) -> Result<T, Error> {
        self.known = match &answer {
            Ok(_) => Known::Settled,
            Err(error) => match Fault::of(error) {
                Fault::Server => {
                    self.freshness.refuse_all();
                    Known::Broken
                }
                Fault::Connection => Known::Broken,
                // SQLite itself tells whether it has rolled back.
                _ if was_in_transaction && !self.turn.as_ref().is_some_and(Turn::is_in_transaction) => {
                    Known::Over
                }
                Fault::Transaction | Fault::Statement => Known::Settled,
            },
        };
        if self.known == Known::Broken {
            self.break_off();
        }
        answer
    }

    fn break_off(&mut self) {
        self.known = Known::Broken;
        if let Some(turn) = &mut self.turn {
            turn.discard();
        }
    }
}

fn is_over() -> Error {
    Error::Io(std::io::Error::other(UnitIsOver))
}
