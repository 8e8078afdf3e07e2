//! Locking an account out.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, AccountTokenKind};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Administrator;
use super::last_admin::an_admin_stays;
use super::void_registrations::void_all;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Locks an account out: it becomes inactive, and its sessions end. From then on it has no login, no refresh and no
/// access.
pub struct DeactivateAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// The account, and the proof that the caller may lock it out.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DeactivateAccountInput {
    pub administrator: Administrator,
    pub account: AccountId,
}

use_case_error! {
    /// Why the account was not locked out.
    pub enum DeactivateAccountError {
        /// The account does not exist, is in the trash, or is inactive already.
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
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Locks the account out, and answers when no server gives it access any more.
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
        let Some(account) = locked.first().cloned() else {
            return Err(DeactivateAccountError::NotFound);
        };
        if !an_admin_stays(&mut *unit, &locked).await? {
            return Err(DeactivateAccountError::LastAdmin);
        }
        if !unit.accounts().deactivate(input.account, now).await? {
            return Err(DeactivateAccountError::NotFound);
        }
        // Voids pending registrations, whose mailed tokens could otherwise activate the account again.
        void_all(&mut *unit, input.account).await?;
        unit.account_tokens().revoke(AccountTokenKind::PasswordReset, input.account).await?;
        unit.refresh_tokens().revoke_all(input.account, None).await?;
        let ended = unit.sessions().revoke_all(input.account, None, now).await?;
        let entry = Entry::new(AuditAction::AccountDeactivated, input.administrator.who())
            .on(account.details.uuid)
            .with("ended_sessions", ended.len() as u64);
        self.audit.record(&mut *unit, &entry).await?;
        self.states.commit(unit, &ended).await?;
        Ok(())
    }
}
