//! Changing what an account may do.

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

/// Gives an account another role. Its sessions stay, and have the new role from their next request
/// on.
pub struct ChangeRole {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// Who gives whom which role.
#[derive(Debug)]
pub struct ChangeRoleInput {
    /// Who may.
    pub administrator: Administrator,
    /// The account.
    pub account: AccountId,
    /// The new role.
    pub role: Role,
}

use_case_error! {
    /// Why the role is the old one.
    pub enum ChangeRoleError {
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl ChangeRole {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Changes the role.
    pub async fn execute(&self, input: ChangeRoleInput) -> Result<(), ChangeRoleError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &ChangeRoleInput) -> Result<(), ChangeRoleError> {
        let mut unit = self.store.begin().await?;
        // No session may open between the look at the sessions and the commit.
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
