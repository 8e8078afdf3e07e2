//! Noting which sessions were seen.

use std::sync::Arc;

use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::sightings::Sightings;
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Notes the sessions that gave a sign of life at this process since the last time.
pub struct KeepSightings {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    sightings: Sightings,
}

use_case_error! {
    /// Why they were not noted. They wait for the next time.
    pub enum KeepSightingsError {}
}

impl KeepSightings {
    pub(crate) fn new(deps: &Deps, sightings: &Sightings) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), sightings: sightings.clone() }
    }

    /// Notes them, and answers how many. Where none was seen it asks nothing of the store.
    pub async fn execute(&self) -> Result<usize, KeepSightingsError> {
        let mut minutes = self.sightings.take();
        let mut noted = 0;
        while let Some((minute, sessions)) = minutes.pop_last() {
            let now = self.clock.now();
            // To note one again does no harm, so it does not matter whether an answer was lost.
            let note =
                || async { self.store.repositories().sessions().note_seen(&sessions, minute, now).await };
            if let Err(error) = retrying(note).await {
                self.sightings.put_back(minute, sessions);
                for (minute, sessions) in minutes {
                    self.sightings.put_back(minute, sessions);
                }
                return Err(error.into());
            }
            noted += sessions.len();
        }
        Ok(noted)
    }
}
