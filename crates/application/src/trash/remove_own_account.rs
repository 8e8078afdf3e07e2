//! Removing one's own account for good.

use std::sync::Arc;

use vestibule_domain::accounts::{Account, AccountId};
use vestibule_domain::audit::AuditActor;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Removal;
use super::into_trash::{Reason, put};
use crate::accounts::an_admin_stays;
use crate::audit::AuditTrail;
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;
use crate::{Actor, Deps};

/// Removes the account of the one who asks for good, with all that belongs to it (mobile contract, decision 9). Its
/// address, name and mobile number are free again.
///
/// It is decided in one unit of work, in which its sessions end, and done in many small ones. Where that is cut off, the
/// next purge goes on.
pub struct RemoveOwnAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    removal: Removal,
    audit: AuditTrail,
}

use_case_error! {
    /// Why the account is where it was.
    pub enum RemoveOwnAccountError {
        /// The account is gone, or may not sign in any more.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// Nobody else could administer accounts.
        #[error("the account is that of the last administrator")]
        LastAdmin => LAST_ADMIN,
    }
}

impl RemoveOwnAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            removal: Removal::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Removes it.
    pub async fn execute(&self, actor: &Actor) -> Result<(), RemoveOwnAccountError> {
        let account = retrying(|| self.begin(actor)).await?;
        self.removal.finish(account, || true).await?;
        Ok(())
    }

    /// Decides that it goes.
    async fn begin(&self, actor: &Actor) -> Result<AccountId, RemoveOwnAccountError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let mut locked = unit.accounts().lock_all(&[actor.account]).await?;
        locked.retain(Account::may_sign_in);
        let account = locked.first().ok_or(RemoveOwnAccountError::NotFound)?;
        if !an_admin_stays(&mut *unit, &locked).await? {
            return Err(RemoveOwnAccountError::LastAdmin);
        }
        let who = AuditActor::Account(account.details.uuid);
        let reason = Reason { by: Some(account.id), who, at: now, words: "" };
        let ended = put(&mut *unit, &self.audit, &locked, &reason).await?;
        if !self.removal.decide(&mut *unit, account, who, now).await? {
            return Err(RemoveOwnAccountError::NotFound);
        }
        self.states.commit(unit, &ended).await?;
        Ok(account.id)
    }
}
