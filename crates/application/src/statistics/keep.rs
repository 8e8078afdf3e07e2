//! Writing what was counted.

use std::sync::Arc;

use vestibule_domain::statistics::DailyCount;
use vestibule_domain::store::{Store, StoreError};

use super::Tally;
use crate::Deps;
use crate::retry::retrying;

/// Adds what this process has counted since the last time to the numbers in the store.
///
/// A number is never written twice: it is given up if nobody knows whether it was written. So a connection that breaks
/// during the commit costs the numbers of some seconds.
pub struct KeepCounts {
    store: Arc<dyn Store>,
    tally: Tally,
}

/// Why the counts were not written.
#[derive(Debug, thiserror::Error)]
pub enum KeepCountsError {
    /// None was written. They are written with those of the next time.
    #[error("the statistics were not written, and wait")]
    Waiting(#[source] StoreError),
    /// The answer to the commit was lost.
    #[error("whether the statistics were written is not known; they are not written again")]
    Unknown(#[source] StoreError),
}

impl KeepCounts {
    pub(crate) fn new(deps: &Deps, tally: &Tally) -> Self {
        Self { store: deps.store.clone(), tally: tally.clone() }
    }

    /// Writes them, and answers how many numbers. Where nothing was counted it asks nothing of the store.
    pub async fn execute(&self) -> Result<usize, KeepCountsError> {
        let counts = self.tally.take();
        if counts.is_empty() {
            return Ok(0);
        }
        match retrying(|| self.attempt(&counts)).await {
            Ok(()) => Ok(counts.len()),
            Err(error) => {
                if matches!(error, KeepCountsError::Waiting(_)) {
                    self.tally.put_back(counts);
                }
                Err(error)
            }
        }
    }

    /// In a unit of work, of which nothing stays unless its commit was begun.
    async fn attempt(&self, counts: &[DailyCount]) -> Result<(), KeepCountsError> {
        let mut unit = self.store.begin().await.map_err(KeepCountsError::Waiting)?;
        unit.daily_counts().add(counts).await.map_err(KeepCountsError::Waiting)?;
        unit.commit().await.map_err(|error| match error {
            // Given up in favour of another unit of work, it wrote nothing.
            StoreError::Retryable(_) => KeepCountsError::Waiting(error),
            _ => KeepCountsError::Unknown(error),
        })
    }
}
