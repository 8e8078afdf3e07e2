use std::sync::Arc;

use vestibule_domain::contacts::Rebuilt;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// How many contacts one call covers. Changes of these contacts wait for the call to end.
const BATCH: u64 = 100;

/// Rebuilds the index behind the search in address books, if it is not known to be whole. On SQLite that is the ordinary
/// state: the contacts that were added last wait for their entries. It is so, too, after a migration dropped and made its
/// table again, and once after an update from a release that did not record whether it is whole.
///
/// The rebuilding continues where it was cut off. Several servers may do it at once. Meanwhile searches use the
/// entries that exist, and on SQLite they read the contacts that wait.
pub struct RebuildContactIndex {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

use_case_error! {
    /// Why a call failed. What earlier calls wrote stays.
    pub enum RebuildContactIndexError {}
}

impl RebuildContactIndex {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Covers one batch of contacts. Call it until the answer says that the index is whole.
    pub async fn execute(&self) -> Result<Rebuilt, RebuildContactIndexError> {
        let now = self.clock.now();
        let next = || async { self.store.repositories().contact_index().rebuild_next(BATCH, now).await };
        Ok(retrying(next).await?)
    }

    /// Makes the next call start at the first contact, even if the index is whole.
    pub async fn begin_anew(&self) -> Result<(), RebuildContactIndexError> {
        Ok(retrying(|| async { self.store.repositories().contact_index().begin_anew().await }).await?)
    }
}
