//! Changing the role of an account.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Gives an account another role. Its sessions stay open and have the new role from their next request on.
pub struct ChangeRole {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// The account, its new role, and the proof that the caller may change it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ChangeRoleInput {
    pub administrator: Administrator,
    pub account: AccountId,
    pub role: Role,
}

use_case_error! {
    /// Why the role was not changed.
    pub enum ChangeRoleError {
        /// The account does not exist, or is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl ChangeRole {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Changes the role, and answers when no server accepts the old role any more.
    pub async fn execute(&self, input: ChangeRoleInput) -> Result<(), ChangeRoleError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &ChangeRoleInput) -> Result<(), ChangeRoleError> {
        let mut unit = self.store.begin().await?;
        // The lock keeps new sessions from being opened between listing the sessions and the commit.
        let account = unit.accounts().lock(input.account).await?;
        let account = account
            .filter(|account| account.details.deleted_at.is_none())
            .ok_or(ChangeRoleError::NotFound)?
            .details;
        if !unit.accounts().set_role(input.account, input.role, self.clock.now()).await? {
            return Err(ChangeRoleError::NotFound);
        }
        let entry = Entry::new(AuditAction::RoleChanged, input.administrator.who())
            .on(account.uuid)
            .with("old_role", account.role)
            .with("new_role", input.role);
        self.audit.record(&mut *unit, &entry).await?;
        let sessions = unit.sessions().open(input.account).await?;
        self.states.commit(unit, &sessions).await?;
        Ok(())
    }
}
