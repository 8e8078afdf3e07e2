//! The connection that writes, on the thread of its caller.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::sqlx::Error;
use sea_orm::{DbErr, Statement};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep, timeout_at};

use super::super::faults::Fault;
use super::super::freshness::Freshness;
use super::super::rows::Columns;
use super::super::statements::Done;
use super::connection::{Direct, Opening};
use super::failure::is_busy;
use super::turn::{Slot, Turn};

/// A statement with more values than this runs where blocking is allowed.
const MANY_VALUES: usize = 256;
/// How long another process that writes is left alone before the next try.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(1), Duration::from_millis(2), Duration::from_millis(5), Duration::from_millis(10)];

/// The writer of a file. Those who write queue for it, in order.
pub(in super::super::super) struct Writer {
    slot: Arc<Mutex<Slot>>,
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
    /// `checkpoint_at` is the size of the log in pages from which on it is written back into the file.
    pub(in super::super::super) fn new(
        opening: Opening,
        freshness: Arc<Freshness>,
        patience: Duration,
        checkpoint_at: u32,
    ) -> Self {
        let slot = Arc::new(Mutex::new(Slot::new(checkpoint_at)));
        Self { slot, opening, freshness, patience, is_closed: AtomicBool::new(false) }
    }

    /// Waits for a turn.
    pub(in super::super) async fn acquire(&self) -> Result<Held, Error> {
        let deadline = Instant::now() + self.patience;
        let mut slot = match Arc::clone(&self.slot).try_lock_owned() {
            Ok(slot) => slot,
            Err(_held) => match timeout_at(deadline, Arc::clone(&self.slot).lock_owned()).await {
                Ok(slot) => slot,
                Err(_elapsed) => return Err(Error::PoolTimedOut),
            },
        };
        if self.is_closed.load(Ordering::Acquire) {
            return Err(Error::PoolClosed);
        }
        if !slot.connection.as_ref().is_some_and(|connection| self.freshness.allows(connection.age())) {
            slot.connection = None;
            slot.open(&self.opening)?;
        }
        let freshness = Arc::clone(&self.freshness);
        Ok(Held { turn: Some(Turn::new(slot)), known: Known::Settled, freshness, patience: self.patience })
    }

    /// Waits for open units of work, then closes the connection.
    pub(in super::super) async fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        let mut slot = Arc::clone(&self.slot).lock_owned().await;
        let Some(connection) = slot.connection.take() else { return };
        let closed = spawn_blocking(move || {
            // Statistics for the planner.
            let _ = connection.execute_unprepared("PRAGMA analysis_limit = 400; PRAGMA optimize");
        });
        let _ = closed.await;
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
        let answer = self.now(|connection| connection.execute_unprepared("COMMIT"));
        if answer.is_err() {
            self.break_off();
        }
        answer.map(drop)
    }

    #[expect(clippy::unused_async, reason = "as the other drivers do")]
    pub(in super::super) async fn close(mut self) {
        self.break_off();
    }

    /// Whether the connection cannot be used any more.
    pub(in super::super) fn is_broken(&self) -> bool {
        self.known == Known::Broken
    }

    async fn run<T: Send + 'static>(
        &mut self,
        statement: &Statement,
        call: fn(&Direct, &Statement) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let is_long = statement.values.as_ref().is_some_and(|values| values.0.len() > MANY_VALUES);
        if is_long {
            let statement = statement.clone();
            return self.elsewhere(move |connection| call(connection, &statement)).await;
        }
        self.waiting(|connection| call(connection, statement)).await
    }

    /// Calls SQLite on this thread. While another process has the lock on the file, the task waits and the thread does
    /// not. Inside of a transaction the lock is ours.
    async fn waiting<T>(&mut self, call: impl Fn(&Direct) -> Result<T, Error> + Send) -> Result<T, Error> {
        let mut pauses = PAUSES.into_iter();
        let mut pause = Duration::ZERO;
        let mut deadline = None;
        loop {
            let was_in_transaction = self.turn.as_ref().is_some_and(Turn::is_in_transaction);
            match self.now(&call) {
                Err(error) if is_busy(&error) && !was_in_transaction && self.known == Known::Settled => {
                    let deadline = *deadline.get_or_insert_with(|| Instant::now() + self.patience);
                    pause = pauses.next().unwrap_or(pause);
                    if Instant::now() + pause > deadline {
                        return Err(error);
                    }
                    sleep(pause).await;
                }
                answer => return answer,
            }
        }
    }

    fn now<T>(&mut self, call: impl FnOnce(&Direct) -> Result<T, Error>) -> Result<T, Error> {
        let (Some(turn), Known::Settled) = (&mut self.turn, self.known) else { return Err(is_over()) };
        let was_in_transaction = turn.is_in_transaction();
        let answer = turn.call(call);
        self.settle(answer, was_in_transaction)
    }

    /// Calls SQLite where blocking is allowed. If this is dropped, the turn ends when SQLite has answered.
    async fn elsewhere<T: Send + 'static>(
        &mut self,
        call: impl FnOnce(&Direct) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        if self.known != Known::Settled {
            return Err(is_over());
        }
        let Some(mut turn) = self.turn.take() else { return Err(is_over()) };
        self.known = Known::Asked;
        let was_in_transaction = turn.is_in_transaction();
        let called = spawn_blocking(move || {
            let answer = turn.call(call);
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
