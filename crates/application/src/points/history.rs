//! The ledger of an account.

use std::sync::Arc;

use vestibule_domain::points::{EntryId, PointsEntry};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::{Administrator, NamedAccount};
use crate::error::use_case_error;
use crate::retry::retrying;

/// How many entries are read at once.
const BATCH: u64 = 500;

/// Shows what changed the balance of an account, the newest change first.
pub struct ShowPointsHistory {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is nothing to show.
    pub enum ShowPointsHistoryError {
        /// There is no such account.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl ShowPointsHistory {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The newest entries, or those before `before`. None are left where the answer is empty. An account in the trash
    /// has its history.
    pub async fn execute(
        &self,
        _administrator: Administrator,
        account: &NamedAccount,
        before: Option<EntryId>,
    ) -> Result<Vec<PointsEntry>, ShowPointsHistoryError> {
        let account = account.find(&mut *self.store.repositories()).await?;
        let account = account.ok_or(ShowPointsHistoryError::NotFound)?.id;
        let read = || async { self.store.repositories().points().history(account, before, BATCH).await };
        Ok(retrying(read).await?)
    }
}
