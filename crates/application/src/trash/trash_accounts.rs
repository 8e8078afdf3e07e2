//! Moving many accounts into the trash.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use vestibule_domain::accounts::{Account, AccountId, AccountUuid};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::into_trash::{Reason, put};
use crate::Deps;
use crate::accounts::{Administrator, an_admin_stays};
use crate::audit::AuditTrail;
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::sessions::SessionStates;

/// Moves accounts into the trash, for an [`Administrator`]: all of them or none (admin contract 2.11). Their
/// sessions end at once.
pub struct TrashAccounts {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// Who removes which accounts, and why.
#[derive(Debug)]
pub struct TrashAccountsInput {
    /// Who may.
    pub administrator: Administrator,
    /// The accounts; one that is named again counts once.
    pub accounts: Vec<AccountUuid>,
    /// Any text, of which the first 1000 characters are kept.
    pub reason: String,
}

/// What became of the accounts, in the order in which they were named, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrashedAccounts {
    /// Those that came into the trash now.
    pub now: Vec<AccountUuid>,
    /// Those that were there before, and ids of no account.
    pub before: Vec<AccountUuid>,
}

use_case_error! {
    /// Why all accounts are where they were.
    pub enum TrashAccountsError {
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
        /// No account was named.
        #[error("no account is named")]
        NoneNamed => NO_ACCOUNTS_NAMED,
        /// Nobody else could administer accounts.
        #[error("the last administrator is among the accounts")]
        LastAdmin => LAST_ADMIN,
    }
}

impl TrashAccounts {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Moves them.
    pub async fn execute(&self, input: TrashAccountsInput) -> Result<TrashedAccounts, TrashAccountsError> {
        if input.accounts.is_empty() {
            return Err(TrashAccountsError::NoneNamed);
        }
        let mut seen = HashSet::new();
        let named: Vec<_> = input.accounts.iter().copied().filter(|uuid| seen.insert(*uuid)).collect();
        retrying(|| self.attempt(&input, &named)).await
    }

    async fn attempt(
        &self,
        input: &TrashAccountsInput,
        named: &[AccountUuid],
    ) -> Result<TrashedAccounts, TrashAccountsError> {
        let administrator = input.administrator;
        let mut unit = self.store.begin().await?;
        let ids = unit.accounts().ids_of(named).await?;
        let wanted: Vec<_> = ids.iter().map(|(_, id)| *id).chain(administrator.account()).collect();
        let mut locked = unit.accounts().lock_all(&wanted).await?;
        if !administrator.still_holds(&locked) {
            return Err(TrashAccountsError::Forbidden);
        }
        let targets: BTreeSet<AccountId> = ids.iter().map(|(_, id)| *id).collect();
        locked.retain(|account| targets.contains(&account.id) && account.details.deleted_at.is_none());
        if !an_admin_stays(&mut *unit, &locked).await? {
            return Err(TrashAccountsError::LastAdmin);
        }
        // The trash lists them in the order in which they were named.
        let accounts = in_order(locked, named);
        let reason = Reason {
            by: administrator.account(),
            who: administrator.who(),
            at: self.clock.now(),
            words: &input.reason,
        };
        let ended = put(&mut *unit, &self.audit, &accounts, &reason).await?;
        self.states.commit(unit, &ended).await?;
        let now: Vec<_> = accounts.iter().map(|account| account.details.uuid).collect();
        let trashed: HashSet<_> = now.iter().copied().collect();
        let before = named.iter().copied().filter(|uuid| !trashed.contains(uuid)).collect();
        Ok(TrashedAccounts { now, before })
    }
}

/// Accounts in the order of their opaque ids here.
fn in_order(accounts: Vec<Account>, order: &[AccountUuid]) -> Vec<Account> {
    let mut by_uuid: BTreeMap<_, _> =
        accounts.into_iter().map(|account| (account.details.uuid.0, account)).collect();
    order.iter().filter_map(|uuid| by_uuid.remove(&uuid.0)).collect()
}
