//! Taking over from a dead process.

use std::sync::Arc;

use tokio::sync::Notify;
use vestibule_domain::messages::InstanceId;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Ends the leases of processes that are known to be dead, so that their messages leave and their chores are done now,
/// and not when the leases run out. A message that was handed over just before the death is sent once more.
pub struct FreeDeadLeases {
    store: Arc<dyn Store>,
    mail_waiting: Arc<Notify>,
}

use_case_error! {
    /// Why the leases were not ended.
    pub enum FreeDeadLeasesError {}
}

impl FreeDeadLeases {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), mail_waiting: deps.mail_waiting.clone() }
    }

    /// Frees the chores and the messages of these processes, and answers how many messages.
    pub async fn execute(&self, dead: &[InstanceId]) -> Result<u64, FreeDeadLeasesError> {
        let mut freed = 0;
        for holder in dead {
            let end = || async { self.store.repositories().chore_leases().end_all_of(*holder).await };
            retrying(end).await?;
            let free = || async { self.store.repositories().outbox().free_leases_of(*holder).await };
            freed += retrying(free).await?;
        }
        if freed > 0 {
            self.mail_waiting.notify_one();
        }
        Ok(freed)
    }
}
