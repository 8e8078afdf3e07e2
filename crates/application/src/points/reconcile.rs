//! Proving that balances are what the ledger says.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::points::LedgerSum;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;
use crate::retry::retrying;

/// How many accounts are looked at in one statement.
const BATCH: u64 = 1_000;

/// Compares each balance with the sum of its entries, also beside a running server.
pub struct ReconcilePoints {
    store: Arc<dyn Store>,
}

/// What was found among some accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// How many were looked at.
    pub accounts: u64,
    /// Those whose ledger does not explain their balance.
    pub wrong: Vec<LedgerSum>,
    /// After which account to go on; `None` if there are no more.
    pub next: Option<AccountId>,
}

use_case_error! {
    /// Why it is not known.
    pub enum ReconcilePointsError {}
}

impl ReconcilePoints {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Looks at the accounts after this one; at the first ones without it.
    pub async fn execute(
        &self,
        _administrator: Administrator,
        after: Option<AccountId>,
    ) -> Result<Reconciled, ReconcilePointsError> {
        let after = after.unwrap_or(AccountId(i64::MIN));
        let read = || async { self.store.repositories().points().sums(after, BATCH).await };
        let sums = retrying(read).await?;
        Ok(Reconciled {
            accounts: sums.len() as u64,
            next: sums.last().map(|last| last.account),
            wrong: sums.into_iter().filter(|sum| !sum.is_right()).collect(),
        })
    }
}
