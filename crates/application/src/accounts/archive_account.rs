//! Reading all that an account has.

use std::sync::Arc;

use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use vestibule_domain::points::PointsEntry;
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::sessions::Session;
use vestibule_domain::store::{Store, StoreError};

use super::OwnerOrAdministrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::ARCHIVES_PER_ACCOUNT;
use crate::retry::retrying;
use crate::{Deps, Failure};

/// How many sessions are read at the most. An account has fewer open ones, but for those from before the cap.
const SESSIONS: u64 = 1_000;

/// How many entries of the ledger, or events, are read at once.
const PART: u64 = 500;

/// Reads one account with all that it has, in the trash too, for its owner or an administrator, and records that it was
/// read for an archive.
pub struct ArchiveAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limiter: Arc<dyn RateLimiter>,
    audit: AuditTrail,
}

/// All that an account has, but for the bytes of its pictures.
#[derive(Debug)]
pub struct AccountArchive {
    /// The account with its profile and its address book.
    pub whole: WholeAccount,
    /// Its open sessions, the newest first.
    pub sessions: Vec<Session>,
    /// Its ledger, the newest entry first.
    pub points: Vec<PointsEntry>,
    /// What was done to it, the newest first.
    pub events: Vec<AuditEvent>,
}

use_case_error! {
    /// Why there is nothing to archive.
    pub enum ArchiveAccountError {
        /// There is no such account, or its removal for good began.
        #[error("there is no such account, or it is being removed for good")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl ArchiveAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            limiter: deps.limiter.clone(),
            audit: AuditTrail::new(deps),
        }
    }

    /// Reads the account, which `who` is about too. The operator may do so any number of times.
    pub async fn execute(
        &self,
        who: OwnerOrAdministrator,
        account: AccountId,
    ) -> Result<AccountArchive, ArchiveAccountError> {
        if let Some(asks) = who.account() {
            let archives = format!("archives:{asks}");
            Failure::unless_allowed(self.limiter.hit(&archives, ARCHIVES_PER_ACCOUNT).await?)?;
        }
        let whole = retrying(|| self.attempt(who, account)).await?;
        let now = self.clock.now();
        let open = || async { self.store.repositories().sessions().open_at(account, now, SESSIONS).await };
        Ok(AccountArchive {
            whole,
            sessions: retrying(open).await?,
            points: self.ledger(account).await?,
            events: self.trail(who.target()).await?,
        })
    }

    async fn attempt(
        &self,
        who: OwnerOrAdministrator,
        account: AccountId,
    ) -> Result<WholeAccount, ArchiveAccountError> {
        let mut unit = self.store.begin().await?;
        let before = AccountId(account.0.saturating_sub(1));
        let (mut found, _) = unit.transfer().after(before, 1).await?;
        let whole = found.pop().filter(|whole| whole.details.uuid == who.target());
        let whole = whole.ok_or(ArchiveAccountError::NotFound)?;
        let entry = Entry::new(AuditAction::AccountArchived, who.who()).on(who.target());
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        Ok(whole)
    }

    async fn ledger(&self, account: AccountId) -> Result<Vec<PointsEntry>, StoreError> {
        let (mut entries, mut before) = (Vec::new(), None);
        loop {
            let read = || async { self.store.repositories().points().history(account, before, PART).await };
            let part = retrying(read).await?;
            let Some(last) = part.last() else { return Ok(entries) };
            before = Some(last.id);
            entries.extend(part);
        }
    }

    async fn trail(&self, account: AccountUuid) -> Result<Vec<AuditEvent>, StoreError> {
        let filter = AuditFilter { account: Some(account), ..AuditFilter::default() };
        let (mut events, mut after) = (Vec::new(), None);
        loop {
            let read = || async { self.store.repositories().audit().list(&filter, after, PART).await };
            let part = retrying(read).await?;
            let Some(last) = part.last() else { return Ok(events) };
            after = Some(last.position());
            events.extend(part);
        }
    }
}
