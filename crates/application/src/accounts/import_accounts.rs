//! Importing many accounts.

use std::sync::Arc;

use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::accounts::import::{
    Identifier, Identities, ImportKey, ImportedAccount, ImportedPassword, SealedImportKey, WholeAccount,
};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::{Clock, IdGenerator, Sealer};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::Administrator;
use super::kept_import_keys::{other_holder, seal_all};
use super::presence::{Collision, Judged, Presence, judge};
use crate::audit::{AuditTrail, Entry};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Adds a batch of accounts in one unit of work. Accounts that are there already are passed over, so that an import
/// that broke off can be begun anew.
pub struct ImportAccounts {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    sealer: Arc<dyn Sealer>,
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

/// Why no account of the batch was added.
#[derive(Debug, thiserror::Error)]
pub enum ImportAccountsError {
    /// Another import has a key of this name with another value.
    #[error("another import keeps another key named {0}")]
    KeyTaken(String),
    /// As every use case may fail.
    #[error(transparent)]
    Failure(Failure),
}

impl<E> From<E> for ImportAccountsError
where
    Failure: From<E>,
{
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

impl ImportAccounts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            sealer: deps.sealer.clone(),
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

    /// Adds the new accounts of a batch, whose hashes need these keys and no others.
    pub async fn execute(
        &self,
        administrator: Administrator,
        batch: &[ImportedAccount],
        keys: &[ImportKey],
        expected: &mut ExpectedAccounts,
    ) -> Result<ImportedAccounts, ImportAccountsError> {
        let keys = Keys { plain: keys, sealed: seal_all(&*self.sealer, keys, self.clock.now())? };
        if !expected.looks_first {
            let all: Vec<&ImportedAccount> = batch.iter().collect();
            match self.add(administrator, &all, &keys).await {
                Ok(None) => return Ok(counted(&all)),
                Ok(Some(key)) => return Err(ImportAccountsError::KeyTaken(key)),
                Err(StoreError::Conflict { .. } | StoreError::Retryable(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let imported = retrying(|| self.look_and_add(administrator, batch, &keys)).await?;
        let imported = imported.map_err(ImportAccountsError::KeyTaken)?;
        expected.looks_first = imported.here > 0 || !imported.refused.is_empty();
        Ok(imported)
    }

    /// The error is the name of a key that is taken.
    async fn look_and_add(
        &self,
        administrator: Administrator,
        batch: &[ImportedAccount],
        keys: &Keys<'_>,
    ) -> Result<Result<ImportedAccounts, String>, StoreError> {
        let identities = Identities::of(batch);
        let holders = self.store.repositories().transfer().holders(&identities).await?;
        let (mut new, mut here, mut refused) = (Vec::new(), 0, Vec::new());
        for (place, (judged, account)) in
            judge(batch, &holders, |_, _| false).into_iter().zip(batch).enumerate()
        {
            match judged.presence {
                Presence::New => new.push(account),
                Presence::Here => here += 1,
                Presence::Taken(collision) => refused.push((place, collision)),
            }
        }
        let taken = self.add(administrator, &new, keys).await.map_err(overtaken)?;
        Ok(taken.map_or_else(|| Ok(ImportedAccounts { here, refused, ..counted(&new) }), Err))
    }

    /// Adds accounts. Answers the name of a key that is taken, if there is such.
    async fn add(
        &self,
        administrator: Administrator,
        accounts: &[&ImportedAccount],
        keys: &Keys<'_>,
    ) -> Result<Option<String>, StoreError> {
        if accounts.is_empty() {
            return Ok(None);
        }
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        if let Some(taken) = other_holder(&mut *unit, &*self.sealer, keys.plain, &keys.sealed).await? {
            return Ok(Some(taken.to_owned()));
        }
        let settled =
            |account: &&ImportedAccount| (*account).clone().settled(now, || AccountUuid(self.ids.random()));
        // In one call, which counts them at its end: whoever counts twice may wait for another one in a circle.
        let settled: Vec<WholeAccount> = accounts.iter().map(settled).collect();
        unit.transfer().insert(&settled).await?;
        let entry = Entry::new(AuditAction::AccountsImported, administrator.who());
        self.audit.record(&mut *unit, &entry.times(accounts.len() as u64)).await?;
        unit.commit().await?;
        Ok(None)
    }
}

/// The keys of the other system.
struct Keys<'k> {
    plain: &'k [ImportKey],
    sealed: Vec<SealedImportKey>,
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

fn counted(added: &[&ImportedAccount]) -> ImportedAccounts {
    let without = |account: &&&ImportedAccount| !matches!(account.password, ImportedPassword::Hash(_));
    ImportedAccounts {
        added: added.len() as u64,
        without_password: added.iter().filter(without).count() as u64,
        ..ImportedAccounts::default()
    }
}
