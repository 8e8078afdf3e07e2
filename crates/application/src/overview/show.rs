//! How many there are of what operators look at.

use std::sync::Arc;

use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Steward;
use crate::error::use_case_error;
use crate::retry::retrying;

/// A page of which only the size of the whole list is wanted.
const NO_ITEMS: PageRequest = PageRequest { offset: 0, limit: PageLimit::new(0) };

/// Counts what operators look at, for a [`Steward`]. Accounts are not counted anew: the directory and the trash know how
/// many they have. Messages are counted by an index, and there are few that wait.
pub struct ShowOverview {
    store: Arc<dyn Store>,
}

/// The numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overview {
    /// Accounts outside the trash, whether they are active or not.
    pub accounts: u64,
    /// Accounts in the trash.
    pub trashed: u64,
    /// Messages that wait to be sent.
    pub waiting: u64,
    /// Messages that were given up.
    pub parked: u64,
}

use_case_error! {
    /// Why there are no numbers.
    pub enum ShowOverviewError {}
}

impl ShowOverview {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Counts.
    pub async fn execute(&self, _steward: Steward) -> Result<Overview, ShowOverviewError> {
        retrying(|| self.attempt()).await
    }

    async fn attempt(&self) -> Result<Overview, ShowOverviewError> {
        let mut repositories = self.store.repositories();
        Ok(Overview {
            accounts: repositories.directory().page(None, NO_ITEMS).await?.total,
            trashed: repositories.trash().list(NO_ITEMS).await?.total,
            waiting: repositories.outbox().waiting().await?,
            parked: repositories.outbox().parked().await?,
        })
    }
}
