//! Reading all that an account has.

use std::sync::Arc;

use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Reads one account with its profile and its address book, in the trash too, for an [`Administrator`], and records that
/// it was read for an archive.
pub struct ArchiveAccount {
    store: Arc<dyn Store>,
    audit: AuditTrail,
}

use_case_error! {
    /// Why there is nothing to archive.
    pub enum ArchiveAccountError {
        /// There is no such account, or its removal for good began.
        #[error("there is no such account, or it is being removed for good")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl ArchiveAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), audit: AuditTrail::new(deps) }
    }

    /// Reads it.
    pub async fn execute(
        &self,
        administrator: Administrator,
        account: (AccountId, AccountUuid),
    ) -> Result<WholeAccount, ArchiveAccountError> {
        retrying(|| self.attempt(administrator, account)).await
    }

    async fn attempt(
        &self,
        administrator: Administrator,
        (id, uuid): (AccountId, AccountUuid),
    ) -> Result<WholeAccount, ArchiveAccountError> {
        let mut unit = self.store.begin().await?;
        let before = AccountId(id.0.saturating_sub(1));
        let (mut found, _) = unit.transfer().after(before, 1).await?;
        let whole = found.pop().filter(|whole| whole.details.uuid == uuid);
        let whole = whole.ok_or(ArchiveAccountError::NotFound)?;
        let entry = Entry::new(AuditAction::AccountArchived, administrator.who()).on(uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(whole)
    }
}
