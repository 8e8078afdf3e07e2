//! Taking one's own account out of the trash.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, Role};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Repositories, Store, StoreError};

use crate::Deps;
use crate::accounts::Steward;
use crate::audit::{AuditTrail, Entry};
use crate::messages::Outbox;
use crate::retry::retrying;
use crate::sessions::{LogIn, LogInError, LogInInput, LoggedIn};

/// Brings an account back out of the trash for the owner who moved it there, tells the owner by mail, and logs in. What
/// somebody else moved there stays there, and so does an account of [staff](Self::is_open_to): it is answered as an unknown
/// account.
///
/// The password is the proof, so the attempts are limited and told as those of [`LogIn`]. It is compared once.
pub struct RestoreOwnAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    log_in: LogIn,
    outbox: Outbox,
    audit: AuditTrail,
}

impl RestoreOwnAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            log_in: LogIn::new(deps),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Whether owners of this role bring their accounts back by themselves. That of whoever has more rights than a user
    /// takes an administrator: a stolen password would be enough to go into the trash, out of sight, and come back from
    /// there with all rights.
    pub fn is_open_to(role: Role) -> bool {
        role < Steward::LEAST
    }

    /// Restores and logs in. An account that is not in the trash by now is logged in to as it is. The notice is in this
    /// language, if the request names one.
    pub async fn execute(
        &self,
        input: LogInInput,
        language: Option<Language>,
    ) -> Result<LoggedIn, LogInError> {
        let mut compared = self.log_in.compared_within_limits(&input).await?;
        if let Some(account) = compared.proven_in_trash()
            && retrying(|| self.restore(account, language)).await?
        {
            compared = compared.brought_back();
        }
        self.log_in.enter(compared, &input, Role::User).await
    }

    /// Restores the account, unless somebody did so meanwhile; `false`, and no change, if its owner may not, or has another
    /// password by now.
    async fn restore(&self, compared: &Account, language: Option<Language>) -> Result<bool, LogInError> {
        let mut unit = self.store.begin().await?;
        let account = unit.accounts().lock(compared.id).await?;
        let is_same = |account: &Account| account.details.hashed_password == compared.details.hashed_password;
        let Some(account) = account.filter(is_same) else { return Ok(false) };
        if account.details.deleted_at.is_none() {
            return Ok(true);
        }
        if owner_may_bring_back(&mut *unit, &account).await?.is_none()
            || !unit.trash().restore(account.id).await?
        {
            return Ok(false);
        }
        let entry = Entry::own(AuditAction::AccountRestored, account.details.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        if let Some(email) = &account.details.email {
            let notice = Notice::AccountRestored { email: email.as_str().to_owned() };
            self.outbox.enqueue(&mut *unit, &notice, language, self.clock.now()).await?;
        }
        unit.commit().await?;
        self.outbox.wake();
        Ok(true)
    }
}

/// Since when an account lies in the trash, if its owner has moved it there, may bring it back, and may sign in once it
/// is back.
pub(crate) async fn owner_may_bring_back(
    repositories: &mut dyn Repositories,
    account: &Account,
) -> Result<Option<OffsetDateTime>, StoreError> {
    if !account.details.is_active {
        return Ok(None);
    }
    // Staff is asked for after the entry was read, so that its refusal costs what any other does.
    let entry = repositories.trash().entry(account.id).await?;
    let own = entry
        .filter(|entry| entry.deleted_by == Some(entry.account))
        .filter(|_| RestoreOwnAccount::is_open_to(account.details.role));
    Ok(own.map(|entry| entry.deleted_at))
}
