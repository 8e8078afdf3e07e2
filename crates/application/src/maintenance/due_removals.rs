//! Removing the accounts whose time in the trash is over.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::audit::AuditActor;
use vestibule_domain::store::{Store, StoreError};
use vestibule_domain::trash::DueRemoval;

use super::tenure::Tenure;
use crate::Deps;
use crate::policy::Retention;
use crate::retry::retrying;
use crate::trash::{Parts, Removal};

/// How long a removal that failed is left alone; twice as long after each further failure.
const FIRST_WAIT: Duration = Duration::from_hours(1);
/// The longest time for which one is left alone.
const LAST_WAIT: Duration = Duration::from_hours(24);

/// Removes accounts that lay in the trash too long, and those whose removal was cut off, one after the other.
pub(super) struct DueRemovals {
    store: Arc<dyn Store>,
    removal: Removal,
}

/// What became of the next account.
pub(super) enum Next {
    Removed,
    /// Its removal failed, and was put off.
    PutOff,
    /// Somebody else dealt with it, or the removal goes on another time.
    Left,
    /// There is none.
    None,
}

impl DueRemovals {
    pub(super) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), removal: Removal::new(deps) }
    }

    /// Removes the next account. One that cannot be removed holds up no other: it is put off.
    ///
    /// Errors: the store fails, and not only at this account.
    pub(super) async fn remove_next(
        &self,
        retention: Retention,
        now: OffsetDateTime,
        tenure: &Tenure<'_>,
    ) -> Result<Next, StoreError> {
        let until = retention.trashed_accounts.map(|age| now - age);
        let due = || async { self.store.repositories().trash().due(until, now, 1).await };
        let Some(due) = retrying(due).await?.first().copied() else { return Ok(Next::None) };
        match self.remove(due.account, until, now, tenure).await {
            Ok(true) => Ok(Next::Removed),
            Ok(false) => Ok(Next::Left),
            Err(error) => {
                self.put_off(due, now).await?;
                tracing::error!(
                    account.id = due.account.0,
                    failures = due.failures.saturating_add(1),
                    error = &error as &dyn Error,
                    "an account in the trash cannot be removed; it is tried again later"
                );
                Ok(Next::PutOff)
            }
        }
    }

    /// Whether the account is gone by this call.
    async fn remove(
        &self,
        account: AccountId,
        until: Option<OffsetDateTime>,
        now: OffsetDateTime,
        tenure: &Tenure<'_>,
    ) -> Result<bool, StoreError> {
        if !retrying(|| self.begin(account, until, now)).await? {
            return Ok(false);
        }
        let mut parts = Parts::of(account);
        while tenure.goes_on().await {
            if let Some(is_gone) = self.removal.next_part(&mut parts, || tenure.may_go_on()).await? {
                return Ok(is_gone);
            }
        }
        Ok(false)
    }

    /// Begins a removal, if the account is still to be removed.
    async fn begin(
        &self,
        account: AccountId,
        until: Option<OffsetDateTime>,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.begin().await?;
        // Whoever restores an account has locked it: by then it is not due any more.
        let Some(locked) = unit.accounts().lock(account).await? else { return Ok(false) };
        let is_due = unit.trash().due(until, now, 1).await?.iter().any(|due| due.account == account);
        let begins = is_due && self.removal.decide(&mut *unit, &locked, AuditActor::System, now).await?;
        if begins {
            unit.commit().await?;
        }
        Ok(begins)
    }

    async fn put_off(&self, due: DueRemoval, now: OffsetDateTime) -> Result<(), StoreError> {
        let wait = FIRST_WAIT.saturating_mul(1 << due.failures.min(16)).min(LAST_WAIT);
        let put_off =
            || async { self.store.repositories().trash().put_off_removal(due.account, now + wait).await };
        retrying(put_off).await.map(|_is_there| ())
    }
}
