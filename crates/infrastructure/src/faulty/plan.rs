//! The planned faults.

use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use vestibule_domain::store::{Constraint, StoreError};

/// The text of every injected cause. It belongs in the log. If a test finds it in an answer, that answer leaks
/// causes.
pub const CAUSE: &str = "injected fault 5d1f: password=hunter2 at db.internal:5432";

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// [`StoreError::Conflict`].
    Conflict(Constraint),
    /// [`StoreError::Retryable`].
    Retryable,
    /// [`StoreError::Unavailable`].
    Unavailable,
    /// [`StoreError::Unexpected`].
    Unexpected,
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Conflict(constraint) => Self::Conflict { constraint },
            Fault::Retryable => Self::Retryable(CAUSE.into()),
            Fault::Unavailable => Self::Unavailable(CAUSE.into()),
            Fault::Unexpected => Self::Unexpected(CAUSE.into()),
        }
    }
}

/// Something that another caller does between two calls.
pub(super) type Act = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The faults that have not happened yet.
#[derive(Default)]
pub(super) struct Plan(Mutex<Faults>);

#[derive(Default)]
pub(super) struct Faults {
    /// Repository calls so far.
    pub(super) calls: u64,
    /// The repository call with this number fails.
    pub(super) call: Option<(u64, Fault)>,
    /// The repository call with this number fails, and all after it.
    pub(super) from_call: Option<(u64, Fault)>,
    /// The repository call with this number is made, and its answer is lost.
    pub(super) lost_answer: Option<(u64, Fault)>,
    /// Runs before the repository call with this number.
    pub(super) before_call: Option<(u64, Act)>,
    /// Units of work that were begun so far.
    pub(super) begins: u64,
    /// Runs before the `begin` with this number.
    pub(super) before_begin: Option<(u64, Act)>,
    /// The next `begin` fails.
    pub(super) begin: Option<Fault>,
    /// The next `commit` fails.
    pub(super) commit: Option<Fault>,
    /// Runs after the next `commit`, before whoever committed hears of it.
    pub(super) after_commit: Option<Act>,
    /// Every call fails.
    pub(super) everything: Option<Fault>,
    /// Every probe of writes fails.
    pub(super) write_probes: Option<Fault>,
}

impl Plan {
    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a repository call, runs what is planned before it, and fails if that is planned. The fault after which its
    /// answer is lost is handed out for [`answered`](Self::answered).
    pub(super) async fn call(&self) -> Result<Option<Fault>, StoreError> {
        let (act, fault, lost) = self.next_call();
        if let Some((_, act)) = act {
            act.await;
        }
        fail(fault)?;
        Ok(lost)
    }

    /// The answer of a call that was made, unless it is lost.
    pub(super) fn answered<T>(lost: Option<Fault>, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        fail(lost).and(answer)
    }

    fn next_call(&self) -> (Option<(u64, Act)>, Option<Fault>, Option<Fault>) {
        let mut faults = self.faults();
        faults.calls += 1;
        let calls = faults.calls;
        let due = faults.call.take_if(|(number, _)| *number == calls);
        let act = faults.before_call.take_if(|(number, _)| *number == calls);
        let lost = faults.lost_answer.take_if(|(number, _)| *number == calls);
        let due = due.or(faults.from_call.filter(|(number, _)| *number <= calls));
        (act, faults.everything.or(due.map(|(_, fault)| fault)), lost.map(|(_, fault)| fault))
    }

    /// Counts a `begin`, runs what is planned before it, and fails if that is planned.
    pub(super) async fn begin(&self) -> Result<(), StoreError> {
        let (act, fault) = self.next_begin();
        if let Some((_, act)) = act {
            act.await;
        }
        fail(fault)
    }

    fn next_begin(&self) -> (Option<(u64, Act)>, Option<Fault>) {
        let mut faults = self.faults();
        faults.begins += 1;
        let begins = faults.begins;
        let due = faults.begin.take();
        let act = faults.before_begin.take_if(|(number, _)| *number == begins);
        (act, faults.everything.or(due))
    }

    pub(super) fn commit(&self) -> Result<(), StoreError> {
        let mut faults = self.faults();
        let due = faults.commit.take();
        fail(faults.everything.or(due))
    }

    /// Runs what is planned after a commit.
    pub(super) async fn committed(&self) {
        let act = self.faults().after_commit.take();
        if let Some(act) = act {
            act.await;
        }
    }

    pub(super) fn ping(&self) -> Result<(), StoreError> {
        fail(self.faults().everything)
    }

    pub(super) fn probe_writes(&self) -> Result<(), StoreError> {
        let faults = self.faults();
        fail(faults.everything.or(faults.write_probes))
    }
}

fn fail(fault: Option<Fault>) -> Result<(), StoreError> {
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}
