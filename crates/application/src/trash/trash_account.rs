//! Moving one account into the trash.

use std::sync::Arc;

use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::into_trash::{Reason, put};
use crate::Deps;
use crate::accounts::{OwnerOrAdministrator, an_admin_stays};
use crate::audit::AuditTrail;
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Moves an account into the trash, for its owner or an administrator (admin contract 2.9). Its sessions end at
/// once.
pub struct TrashAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// Who removes which account, and why.
#[derive(Debug)]
pub struct TrashAccountInput {
    /// Who may, and which account.
    pub who: OwnerOrAdministrator,
    /// Any text, of which the first 1000 characters are kept.
    pub reason: String,
}

use_case_error! {
    /// Why the account is where it was.
    pub enum TrashAccountError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// There is no such account.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// It is in the trash already.
        #[error("the account is in the trash already")]
        AlreadyInTrash => ALREADY_IN_TRASH,
        /// Nobody else could administer accounts.
        #[error("the account is that of the last administrator")]
        LastAdmin => LAST_ADMIN,
    }
}

impl TrashAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Moves it.
    pub async fn execute(&self, input: TrashAccountInput) -> Result<(), TrashAccountError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &TrashAccountInput) -> Result<(), TrashAccountError> {
        let (who, target) = (input.who, input.who.target());
        let mut unit = self.store.begin().await?;
        let ids = unit.accounts().ids_of(&[target]).await?;
        let wanted = ids.iter().map(|(_, id)| *id).chain(who.account()).collect::<Vec<_>>();
        let mut locked = unit.accounts().lock_all(&wanted).await?;
        if !who.still_holds(&locked) {
            return Err(TrashAccountError::Forbidden);
        }
        locked.retain(|account| account.details.uuid == target);
        let account = locked.first().ok_or(TrashAccountError::NotFound)?;
        if account.details.deleted_at.is_some() {
            return Err(TrashAccountError::AlreadyInTrash);
        }
        if !an_admin_stays(&mut *unit, &locked).await? {
            return Err(TrashAccountError::LastAdmin);
        }
        let reason = Reason { by: who.account(), who: who.who(), at: self.clock.now(), words: &input.reason };
        let ended = put(&mut *unit, &self.audit, &locked, &reason).await?;
        self.states.commit(unit, &ended).await?;
        Ok(())
    }
}
