//! Listing the sessions of an account.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::Clock;
use vestibule_domain::sessions::Session;
use vestibule_domain::store::Store;

use crate::accounts::Administrator;
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// How many sessions are listed at the most. An account has fewer open ones, but for those from before the cap.
const MOST: u64 = 1_000;

/// Lists the open sessions of an account, newest first, for its owner or an [`Administrator`].
pub struct ListSessions {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

use_case_error! {
    /// Why there is no list.
    pub enum ListSessionsError {}
}

impl ListSessions {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Lists them, the newest thousand at the most. An account that is not there has none.
    pub async fn execute(
        &self,
        _administrator: Administrator,
        account: AccountId,
    ) -> Result<Vec<Session>, ListSessionsError> {
        self.of(account).await
    }

    /// Lists those of the one who asks.
    pub async fn own(&self, actor: &Actor) -> Result<Vec<Session>, ListSessionsError> {
        self.of(actor.account).await
    }

    async fn of(&self, account: AccountId) -> Result<Vec<Session>, ListSessionsError> {
        let now = self.clock.now();
        let read = || async { self.store.repositories().sessions().open_at(account, now, MOST).await };
        Ok(retrying(read).await?)
    }
}
