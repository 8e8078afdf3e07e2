//! Reading all that an account has.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::sessions::Session;
use vestibule_domain::store::{Store, StoreError};

use super::{ArchivedEntry, ArchivedEvent, OwnerOrAdministrator};
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::ARCHIVES_PER_ACCOUNT;
use crate::retry::retrying;
use crate::{Deps, Failure};

/// How many archives there are at once in this process. Each has all that an account has in memory, and its text beside
/// it.
const AT_ONCE: usize = 8;

/// The time after which one more is likely to find a place: most archives take seconds.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// How many sessions are read at the most. An account has fewer open ones, but for those from before the cap.
const SESSIONS: u64 = 1_000;

/// How many entries of the ledger, or events, are read at once.
const PART: u64 = 500;

/// Reads one account with all that it has, in the trash too, for its owner or an administrator, and records that it was
/// read for an archive. Of others it tells nothing: see [`ArchivedActor`](super::ArchivedActor).
pub struct ArchiveAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limiter: Arc<dyn RateLimiter>,
    audit: AuditTrail,
    places: Arc<Semaphore>,
}

/// All that an account has, but for the bytes of its pictures. It holds one of the few places for archives until it is
/// dropped.
#[derive(Debug)]
pub struct AccountArchive {
    /// The account with its profile and its address book.
    pub whole: WholeAccount,
    /// Its open sessions, the newest first.
    pub sessions: Vec<Session>,
    /// Its ledger, the newest entry first.
    pub points: Vec<ArchivedEntry>,
    /// What was done to it, the newest first.
    pub events: Vec<ArchivedEvent>,
    _place: OwnedSemaphorePermit,
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
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Reads the account, which `who` is about too. The operator may do so any number of times, others
    /// [a few times an hour](ARCHIVES_PER_ACCOUNT). What fails, or finds no place, does not count.
    pub async fn execute(
        &self,
        who: OwnerOrAdministrator,
        account: AccountId,
    ) -> Result<AccountArchive, ArchiveAccountError> {
        let place = self.places.clone().try_acquire_owned().map_err(|_taken| Failure::Unavailable {
            retry_after: RETRY_AFTER,
            cause: "as many archives are made as there may be at once".into(),
        })?;
        if let Some(archives) = counter(who) {
            let decision = self.limiter.hit(&archives, ARCHIVES_PER_ACCOUNT).await?;
            if let Err(refused) = Failure::unless_allowed(decision) {
                self.give_back(who).await;
                return Err(refused.into());
            }
        }
        let read = self.read(who, account, place).await;
        if matches!(read, Err(ArchiveAccountError::Failure(_))) {
            self.give_back(who).await;
        }
        read
    }

    /// Takes back an archive that was read and could not be written after all. One that its owner did not wait for
    /// counts: it was the same work.
    pub async fn give_back(&self, who: OwnerOrAdministrator) {
        let Some(archives) = counter(who) else { return };
        // A count that stays too high is no reason to fail.
        if let Err(error) = self.limiter.give_back(&archives).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "an archive that could not be made still counts"
            );
        }
    }

    async fn read(
        &self,
        who: OwnerOrAdministrator,
        account: AccountId,
        place: OwnedSemaphorePermit,
    ) -> Result<AccountArchive, ArchiveAccountError> {
        let whole = retrying(|| self.attempt(who, account)).await?;
        let now = self.clock.now();
        let open = || async { self.store.repositories().sessions().open_at(account, now, SESSIONS).await };
        Ok(AccountArchive {
            whole,
            sessions: retrying(open).await?,
            points: self.ledger(account).await?,
            events: self.trail(who.target()).await?,
            _place: place,
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

    async fn ledger(&self, account: AccountId) -> Result<Vec<ArchivedEntry>, StoreError> {
        let (mut entries, mut before) = (Vec::new(), None);
        loop {
            let read = || async { self.store.repositories().points().history(account, before, PART).await };
            let part = retrying(read).await?;
            let Some(last) = part.last() else { return Ok(entries) };
            before = Some(last.id);
            entries.extend(part.into_iter().map(ArchivedEntry::from));
        }
    }

    async fn trail(&self, account: AccountUuid) -> Result<Vec<ArchivedEvent>, StoreError> {
        let filter = AuditFilter { account: Some(account), ..AuditFilter::default() };
        let (mut events, mut after) = (Vec::new(), None);
        loop {
            let read = || async { self.store.repositories().audit().list(&filter, after, PART).await };
            let part = retrying(read).await?;
            let Some(last) = part.last() else { return Ok(events) };
            after = Some(last.position());
            events.extend(part.into_iter().map(|event| ArchivedEvent::of(event, account)));
        }
    }
}

/// The counter of the account that asks; the operator has none.
fn counter(who: OwnerOrAdministrator) -> Option<String> {
    who.account().map(|asks| format!("archives:{asks}"))
}
