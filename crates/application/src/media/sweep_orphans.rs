use std::sync::Arc;
use std::time::Duration;

use vestibule_domain::ports::{Clock, ObjectError, ObjectStore};
use vestibule_domain::store::{Store, StoreError};

use crate::error::failures;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// How old an object is before it can be an orphan: far longer than a request may take, within which an
/// object waits for the commit of the row that refers to it.
const GRACE: Duration = Duration::from_hours(1);
/// How many keys are asked about at once.
const BATCH: usize = 500;

/// Removes objects that no row refers to: what a request that was cut off left behind.
///
/// A key is never used again, so an object that is an orphan once is one for ever, and several servers may
/// sweep at once.
pub struct SweepOrphans {
    store: Arc<dyn Store>,
    objects: Arc<dyn ObjectStore>,
    clock: Arc<dyn Clock>,
}

/// Why the sweep stopped; what it removed until then is gone.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum SweepOrphansError {
    /// Anything.
    Failure(Failure),
}

failures!(SweepOrphansError: StoreError, ObjectError);

impl CodedError for SweepOrphansError {
    fn kind(&self) -> ErrorKind {
        let Self::Failure(failure) = self;
        failure.kind()
    }

    fn code(&self) -> &'static str {
        let Self::Failure(failure) = self;
        failure.code("sweep_failed")
    }
}

impl SweepOrphans {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), objects: deps.objects.clone(), clock: deps.clock.clone() }
    }

    /// Sweeps while it may, a batch at a time, and answers how many objects it removed.
    pub async fn execute_while(&self, may_go_on: impl Fn() -> bool + Send) -> Result<u64, SweepOrphansError> {
        let mut removed = 0;
        let mut walk = self.objects.put_before(self.clock.now() - GRACE);
        while may_go_on() {
            let keys = walk.next(BATCH).await?;
            if keys.is_empty() {
                break;
            }
            let used = self.store.repositories().pictures().in_use(&keys).await?;
            for key in keys.iter().filter(|key| !used.contains(key)) {
                self.objects.delete(key).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}
