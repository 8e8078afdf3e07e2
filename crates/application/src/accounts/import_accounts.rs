//! Importing many accounts.

use std::sync::Arc;

use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::accounts::import::{Identifier, Identities, ImportedAccount, WholeAccount};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::Administrator;
use super::presence::{Collision, Judged, Presence, judge};
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Adds a batch of accounts in one unit of work. Accounts that are there already are passed over, so that an import
/// that broke off can be begun anew.
pub struct ImportAccounts {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    audit: AuditTrail,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedAccounts {
    /// Accounts that were added.
    pub added: u64,
    /// Those among them without a password.
    pub without_password: u64,
    /// Accounts that were there already.
    pub here: u64,
    /// Those that were not added, by their places in the batch, and who has their identifiers.
    pub refused: Vec<(usize, Collision)>,
}

/// What the next batch of an import is likely to meet. A batch of new accounts needs no look at those that exist,
/// because the constraints refuse what is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedAccounts {
    looks_first: bool,
}

impl Default for ExpectedAccounts {
    fn default() -> Self {
        Self { looks_first: true }
    }
}

use_case_error! {
    /// Why no account of the batch was added.
    pub enum ImportAccountsError {}
}

impl ImportAccounts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            audit: AuditTrail::new(deps),
        }
    }

    /// Tells of each account of a batch whether it is there already. `is_spare` tells of the account at a place whether
    /// it can do without an identifier. Nothing is written.
    pub async fn look(
        &self,
        _administrator: Administrator,
        batch: &[ImportedAccount],
        is_spare: impl Fn(usize, Identifier) -> bool,
    ) -> Result<Vec<Judged>, ImportAccountsError> {
        let identities = Identities::of(batch);
        let holders = retrying(|| async { self.store.repositories().transfer().holders(&identities).await });
        Ok(judge(batch, &holders.await?, is_spare))
    }

    /// Adds the new accounts of a batch.
    pub async fn execute(
        &self,
        administrator: Administrator,
        batch: Vec<ImportedAccount>,
        expected: &mut ExpectedAccounts,
    ) -> Result<ImportedAccounts, ImportAccountsError> {
        let now = self.clock.now();
        let settled = |account: ImportedAccount| account.settled(now, || AccountUuid(self.ids.random()));
        if !expected.looks_first {
            let all: Vec<WholeAccount> = batch.iter().cloned().map(settled).collect();
            match self.add(administrator, &all).await {
                Ok(()) => return Ok(counted(&all)),
                Err(StoreError::Conflict { .. } | StoreError::Retryable(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let imported = retrying(|| self.look_and_add(administrator, &batch, settled)).await?;
        expected.looks_first = imported.here > 0 || !imported.refused.is_empty();
        Ok(imported)
    }

    async fn look_and_add(
        &self,
        administrator: Administrator,
        batch: &[ImportedAccount],
        settled: impl Fn(ImportedAccount) -> WholeAccount,
    ) -> Result<ImportedAccounts, StoreError> {
        let identities = Identities::of(batch);
        let holders = self.store.repositories().transfer().holders(&identities).await?;
        let (mut new, mut here, mut refused) = (Vec::new(), 0, Vec::new());
        for (place, judged) in judge(batch, &holders, |_, _| false).into_iter().enumerate() {
            match judged.presence {
                Presence::New => new.extend(batch.get(place).cloned().map(&settled)),
                Presence::Here => here += 1,
                Presence::Taken(collision) => refused.push((place, collision)),
            }
        }
        self.add(administrator, &new).await.map_err(overtaken)?;
        Ok(ImportedAccounts { here, refused, ..counted(&new) })
    }

    async fn add(&self, administrator: Administrator, accounts: &[WholeAccount]) -> Result<(), StoreError> {
        if accounts.is_empty() {
            return Ok(());
        }
        let mut unit = self.store.begin().await?;
        unit.transfer().insert(accounts).await?;
        let entry = Entry::new(AuditAction::AccountsImported, administrator.who());
        self.audit.record(&mut *unit, &entry.times(accounts.len() as u64)).await?;
        unit.commit().await
    }
}

/// Between the look and the insertion somebody may register, or another import add the same account.
fn overtaken(error: StoreError) -> StoreError {
    match error {
        StoreError::Conflict {
            constraint:
                Constraint::UsersEmail
                | Constraint::UsersUsername
                | Constraint::UsersMobile
                | Constraint::UsersUuid,
        } => StoreError::Retryable("an identifier was taken meanwhile".into()),
        other => other,
    }
}

fn counted(added: &[WholeAccount]) -> ImportedAccounts {
    let without = |account: &&WholeAccount| !account.details.hashed_password.is_set();
    ImportedAccounts {
        added: added.len() as u64,
        without_password: added.iter().filter(without).count() as u64,
        ..ImportedAccounts::default()
    }
}
