//! Writing all accounts out.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Reads all accounts with all that moves with them, part by part. Each part is of one moment, the whole is not.
pub struct ExportAccounts {
    store: Arc<dyn Store>,
    audit: AuditTrail,
}

/// So many accounts are read at a time.
const PART: u64 = 500;

use_case_error! {
    /// Why no accounts were read.
    pub enum ExportAccountsError {}
}

impl ExportAccounts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), audit: AuditTrail::new(deps) }
    }

    /// Records that all accounts are read. Comes before the first part.
    pub async fn begin(
        &self,
        administrator: Administrator,
        with_passwords: bool,
    ) -> Result<(), ExportAccountsError> {
        let entry = Entry::new(AuditAction::AccountsExported, administrator.who());
        let entry = entry.with("with_passwords", with_passwords);
        let recorded = retrying(|| async {
            let mut unit = self.store.begin().await?;
            self.audit.record(&mut *unit, &entry).await?;
            unit.commit().await
        });
        Ok(recorded.await?)
    }

    /// The accounts behind one, in the order of their ids, and the account behind which the next part begins; `None`
    /// at the end.
    pub async fn part(
        &self,
        _administrator: Administrator,
        after: AccountId,
    ) -> Result<(Vec<WholeAccount>, Option<AccountId>), ExportAccountsError> {
        let read = retrying(|| async { self.store.repositories().transfer().after(after, PART).await });
        Ok(read.await?)
    }
}
