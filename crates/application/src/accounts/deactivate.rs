//! Locking an account out.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountId, AccountTokenKind};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::Clock;
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::{Repositories, Store, StoreError};

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
        let by = input.administrator.who();
        let ended = lock_out(&mut *unit, &self.audit, &account, by, now).await?;
        self.states.commit(unit, &ended.ok_or(DeactivateAccountError::NotFound)?).await?;
        Ok(())
    }
}

/// Locks out an account that is locked, and answers the sessions that ended, for the commit; `None`, and no change, if
/// it is inactive already. Whoever calls this knows that an administrator stays.
pub(super) async fn lock_out(
    unit: &mut dyn Repositories,
    audit: &AuditTrail,
    account: &Account,
    by: AuditActor,
    now: OffsetDateTime,
) -> Result<Option<Vec<SessionId>>, StoreError> {
    if !unit.accounts().deactivate(account.id, now).await? {
        return Ok(None);
    }
    // Voids pending registrations, whose mailed tokens could otherwise activate the account again.
    void_all(unit, account.id).await?;
    unit.account_tokens().revoke(AccountTokenKind::PasswordReset, account.id).await?;
    unit.refresh_tokens().revoke_all(account.id, None).await?;
    let ended = unit.sessions().revoke_all(account.id, None, now).await?;
    let entry = Entry::new(AuditAction::AccountDeactivated, by)
        .on(account.details.uuid)
        .with("ended_sessions", ended.len() as u64);
    audit.record(unit, &entry).await?;
    Ok(Some(ended))
}
