//! Locking an account out.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, AccountTokenKind};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Administrator;
use super::last_admin::an_admin_stays;
use super::void_registrations::void_all;
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Makes an account inactive: no login, no refresh, no access, at once. Its sessions end.
pub struct DeactivateAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
}

/// Who locks out whom.
#[derive(Debug)]
pub struct DeactivateAccountInput {
    /// Who may.
    pub administrator: Administrator,
    /// The account.
    pub account: AccountId,
}

use_case_error! {
    /// Why the account is as it was.
    pub enum DeactivateAccountError {
        /// There is no such account, or it is in the trash, or inactive already.
        #[error("there is no such active account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// Nobody else could administer accounts.
        #[error("the account is that of the last administrator")]
        LastAdmin => LAST_ADMIN,
    }
}

impl DeactivateAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), states: SessionStates::new(deps) }
    }

    /// Deactivates.
    pub async fn execute(&self, input: DeactivateAccountInput) -> Result<(), DeactivateAccountError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &DeactivateAccountInput) -> Result<(), DeactivateAccountError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let wanted: Vec<_> = [input.account].into_iter().chain(input.administrator.account()).collect();
        let mut locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(DeactivateAccountError::Forbidden);
        }
        locked.retain(|account| account.id == input.account && account.details.deleted_at.is_none());
        if locked.is_empty() {
            return Err(DeactivateAccountError::NotFound);
        }
        if !an_admin_stays(&mut *unit, &locked).await? {
            return Err(DeactivateAccountError::LastAdmin);
        }
        if !unit.accounts().deactivate(input.account, now).await? {
            return Err(DeactivateAccountError::NotFound);
        }
        // A token that is still on its way must not bring the account back.
        void_all(&mut *unit, input.account).await?;
        unit.account_tokens().revoke(AccountTokenKind::PasswordReset, input.account).await?;
        unit.refresh_tokens().revoke_all(input.account, None).await?;
        let ended = unit.sessions().revoke_all(input.account, None, now).await?;
        self.states.commit(unit, &ended).await?;
        Ok(())
    }
}
