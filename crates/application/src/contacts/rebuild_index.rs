use std::sync::Arc;

use vestibule_domain::contacts::Rebuilt;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// How many contacts are gone through at once; their owners' changes wait as long.
const BATCH: u64 = 100;

/// Makes anew what contacts are searched by, where it is not known to be whole: after its table was taken back
/// and applied again, and once after an update from a release that did not know.
///
/// It goes on where it was cut off, several servers may do it at once, and searches are answered meanwhile from
/// what is there.
pub struct RebuildContactIndex {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

use_case_error! {
    /// Why it stopped; what it wrote until then stays.
    pub enum RebuildContactIndexError {}
}

impl RebuildContactIndex {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Goes through a batch of contacts. Call it until the index is whole.
    pub async fn execute(&self) -> Result<Rebuilt, RebuildContactIndexError> {
        let now = self.clock.now();
        let next = || async { self.store.repositories().contact_index().rebuild_next(BATCH, now).await };
        Ok(retrying(next).await?)
    }

    /// Lets it begin with the first contact, whatever is known.
    pub async fn begin_anew(&self) -> Result<(), RebuildContactIndexError> {
        Ok(retrying(|| async { self.store.repositories().contact_index().begin_anew().await }).await?)
    }
}
