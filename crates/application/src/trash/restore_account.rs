//! Taking an account out of the trash.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountUuid, DirectoryEntry};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Brings an account back out of the trash, for an [`Administrator`] (admin contract 2.12). Its owner can log in
/// again; the sessions and tokens of before stay void.
pub struct RestoreAccount {
    store: Arc<dyn Store>,
    audit: AuditTrail,
}

/// Who brings which account back.
#[derive(Debug)]
pub struct RestoreAccountInput {
    /// Who may.
    pub administrator: Administrator,
    /// The account.
    pub account: AccountUuid,
}

/// An account that is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredAccount {
    /// The account.
    pub account: DirectoryEntry,
    /// The picture of its profile.
    pub picture: Option<ObjectKey>,
}

use_case_error! {
    /// Why the account is where it was.
    pub enum RestoreAccountError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// There is no such account.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// It is not in the trash.
        #[error("the account is not in the trash")]
        NotInTrash => NOT_IN_TRASH,
        /// It is about to be removed for good.
        #[error("the account is being removed for good")]
        BeingRemoved => BEING_REMOVED,
    }
}

impl RestoreAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), audit: AuditTrail::new(deps) }
    }

    /// Restores, and answers the account.
    pub async fn execute(&self, input: RestoreAccountInput) -> Result<RestoredAccount, RestoreAccountError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &RestoreAccountInput) -> Result<RestoredAccount, RestoreAccountError> {
        let mut unit = self.store.begin().await?;
        let ids = unit.accounts().ids_of(&[input.account]).await?;
        let wanted: Vec<_> = ids.iter().map(|(_, id)| *id).chain(input.administrator.account()).collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(RestoreAccountError::Forbidden);
        }
        let account = locked.iter().find(|account| account.details.uuid == input.account);
        let account = account.ok_or(RestoreAccountError::NotFound)?;
        if account.details.deleted_at.is_none() {
            return Err(RestoreAccountError::NotInTrash);
        }
        if !unit.trash().restore(account.id).await? {
            return Err(RestoreAccountError::BeingRemoved);
        }
        let entry = Entry::new(AuditAction::AccountRestored, input.administrator.who()).on(input.account);
        self.audit.record(&mut *unit, &entry).await?;
        let picture = unit.profiles().of(account.id).await?.picture;
        let account = unit.directory().view(input.account).await?.ok_or(RestoreAccountError::NotFound)?;
        unit.commit().await?;
        Ok(RestoredAccount { account, picture })
    }
}
