//! Changing the role of an account.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::Administrator;
use super::last_admin::an_admin_stays;
use crate::Deps;
use crate::answers::Answers;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Gives an account another role. Its sessions stay open and have the new role from their next request on.
pub struct ChangeRole {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    answers: Answers,
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
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// Nobody else could administer accounts.
        #[error("the account is that of the last administrator")]
        LastAdmin => LAST_ADMIN,
    }
}

impl ChangeRole {
    pub(crate) fn new(deps: &Deps, answers: Answers) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            answers,
            audit: AuditTrail::new(deps),
        }
    }

    /// Changes the role, and answers the old one when no server accepts it any more. An account that has the role stays
    /// as it is, and nothing is recorded.
    pub async fn execute(&self, input: ChangeRoleInput) -> Result<Role, ChangeRoleError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &ChangeRoleInput) -> Result<Role, ChangeRoleError> {
        let mut unit = self.store.begin().await?;
        // No session may open between the look at the sessions and the commit.
        let wanted: Vec<_> = [input.account].into_iter().chain(input.administrator.account()).collect();
        let mut locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(ChangeRoleError::Forbidden);
        }
        locked.retain(|account| account.id == input.account && account.details.deleted_at.is_none());
        let Some(account) = locked.first().map(|account| account.details.clone()) else {
            return Err(ChangeRoleError::NotFound);
        };
        let sessions = unit.sessions().open(input.account).await?;
        if account.role == input.role {
            // Whoever gave it that role may have died, or may still wait, between its commit and the end of what was kept
            // of the old one.
            self.states.commit(unit, &sessions).await?;
            self.answers.end_account(input.account).await;
            return Ok(account.role);
        }
        if input.role < Role::Admin && !an_admin_stays(&mut *unit, &locked).await? {
            return Err(ChangeRoleError::LastAdmin);
        }
        if !unit.accounts().set_role(input.account, input.role, self.clock.now()).await? {
            return Err(ChangeRoleError::NotFound);
        }
        let entry = Entry::new(AuditAction::RoleChanged, input.administrator.who())
            .on(account.uuid)
            .with("old_role", account.role)
            .with("new_role", input.role);
        self.audit.record(&mut *unit, &entry).await?;
        self.states.commit(unit, &sessions).await?;
        Ok(account.role)
    }
}
