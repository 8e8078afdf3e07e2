//! Taking one's own account out of the trash.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, Role};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::store::{Repositories, Store, StoreError};

use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::retry::retrying;
use crate::sessions::{LogIn, LogInError, LogInInput, LoggedIn};

/// Brings an account back out of the trash for the owner who moved it there, and logs in. What somebody else moved there
/// stays there: it is answered as an unknown account.
///
/// The password is the proof, so the attempts are limited and told as those of [`LogIn`].
pub struct RestoreOwnAccount {
    store: Arc<dyn Store>,
    log_in: LogIn,
    audit: AuditTrail,
}

impl RestoreOwnAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), log_in: LogIn::new(deps), audit: AuditTrail::new(deps) }
    }

    /// Restores and logs in. An account that is not in the trash by now is logged in to as it is.
    pub async fn execute(&self, input: LogInInput) -> Result<LoggedIn, LogInError> {
        let compared = self.log_in.compared_within_limits(&input).await?;
        if let Some(account) = compared.proven_in_trash()
            && retrying(|| self.restore(account)).await?
        {
            return self.log_in.execute(input).await;
        }
        self.log_in.enter(compared, &input, Role::User).await
    }

    /// Restores the account, unless somebody did so meanwhile; `false`, and no change, if its owner may not, or has another
    /// password by now.
    async fn restore(&self, compared: &Account) -> Result<bool, LogInError> {
        let mut unit = self.store.begin().await?;
        let account = unit.accounts().lock(compared.id).await?;
        let is_same = |account: &Account| account.details.hashed_password == compared.details.hashed_password;
        let Some(account) = account.filter(is_same) else { return Ok(false) };
        if account.details.deleted_at.is_none() {
            return Ok(true);
        }
        if put_there_by_its_owner(&mut *unit, &account).await?.is_none()
            || !unit.trash().restore(account.id).await?
        {
            return Ok(false);
        }
        let entry = Entry::own(AuditAction::AccountRestored, account.details.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(true)
    }
}

/// Since when an account lies in the trash, if its owner has moved it there and may sign in once it is back.
pub(crate) async fn put_there_by_its_owner(
    repositories: &mut dyn Repositories,
    account: &Account,
) -> Result<Option<OffsetDateTime>, StoreError> {
    if !account.details.is_active {
        return Ok(None);
    }
    let entry = repositories.trash().entry(account.id).await?;
    let own = entry.filter(|entry| entry.deleted_by == Some(entry.account));
    Ok(own.map(|entry| entry.deleted_at))
}
