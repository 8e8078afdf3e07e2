//! Removing an account for good.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Removal;
use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Removes an account that is in the trash for good, with all that belongs to it and its pictures, for an
/// [`Administrator`] (admin contract 2.13). Its address and its names are free again.
///
/// It is decided in one unit of work, and done in many small ones. Where that is cut off, the next purge goes on.
pub struct RemoveAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    removal: Removal,
}

/// Who removes which account.
#[derive(Debug)]
pub struct RemoveAccountInput {
    /// Who may.
    pub administrator: Administrator,
    /// The account.
    pub account: AccountUuid,
}

use_case_error! {
    /// Why the account is where it was.
    pub enum RemoveAccountError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// There is no such account in the trash.
        #[error("there is no such account in the trash")]
        NotInTrash => NOTHING_TO_REMOVE,
    }
}

impl RemoveAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), removal: Removal::new(deps) }
    }

    /// Removes it.
    pub async fn execute(&self, input: RemoveAccountInput) -> Result<(), RemoveAccountError> {
        let account = retrying(|| self.begin(&input)).await?;
        self.removal.finish(account, || true).await?;
        Ok(())
    }

    /// Decides that it goes.
    pub(super) async fn begin(&self, input: &RemoveAccountInput) -> Result<AccountId, RemoveAccountError> {
        let mut unit = self.store.begin().await?;
        let ids = unit.accounts().ids_of(&[input.account]).await?;
        let wanted: Vec<_> = ids.iter().map(|(_, id)| *id).chain(input.administrator.account()).collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(RemoveAccountError::Forbidden);
        }
        let account = locked.iter().find(|account| account.details.uuid == input.account);
        let account = account.ok_or(RemoveAccountError::NotInTrash)?;
        let (by, now) = (input.administrator.who(), self.clock.now());
        if !self.removal.decide(&mut *unit, account, by, now).await? {
            return Err(RemoveAccountError::NotInTrash);
        }
        unit.commit().await?;
        Ok(account.id)
    }
}
