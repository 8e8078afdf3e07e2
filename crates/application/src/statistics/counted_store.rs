//! A store that counts what is done through it.

use std::borrow::Cow;
use std::sync::Arc;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::import::{AccountTransfer, ImportKeyRepository};
use vestibule_domain::accounts::{
    AccountDirectory, AccountId, AccountRepository, AccountTokenRepository, PendingRegistrationRepository,
    ProfileRepository,
};
use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditPosition, AuditRepository};
use vestibule_domain::catalogue::CatalogueRepository;
use vestibule_domain::contacts::{ContactIndex, ContactRepository};
use vestibule_domain::idempotency::IdempotencyRepository;
use vestibule_domain::installation::InstallationRepository;
use vestibule_domain::maintenance::ChoreLeaseRepository;
use vestibule_domain::media::PictureReferences;
use vestibule_domain::messages::{OutboxRepository, SentMessageRepository};
use vestibule_domain::points::{EntryId, LedgerSum, PointsChange, PointsEntry, PointsRepository};
use vestibule_domain::sessions::{RefreshTokenRepository, SessionRepository};
use vestibule_domain::statistics::{CountKind, DailyCountRepository};
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};
use vestibule_domain::trash::TrashRepository;
use vestibule_domain::verification::VerificationCodeRepository;

use super::tally::{Counted, Tally};
use crate::Deps;
use crate::audit::Origin;

/// The store of the use cases. It counts by the events of the audit trail and by the changes of balances, after their
/// commit: what is tried again counts once, what fails does not count, and no use case can forget to.
///
/// A commit whose answer is lost is not counted, though it may have taken effect.
pub(crate) struct CountedStore {
    inner: Arc<dyn Store>,
    tally: Tally,
}

impl CountedStore {
    /// The same ports, with their store counted.
    pub(crate) fn count(deps: &Deps, tally: &Tally) -> Deps {
        let store = Arc::new(Self { inner: deps.store.clone(), tally: tally.clone() });
        Deps { store, ..deps.clone() }
    }
}

#[async_trait]
impl Store for CountedStore {
    fn repositories(&self) -> Box<dyn Repositories> {
        let counts = Counts { tally: self.tally.clone(), until_commit: None };
        Box::new(CountedScope { inner: self.inner.repositories(), counts })
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let inner = self.inner.begin().await?;
        let counts = Counts { tally: self.tally.clone(), until_commit: Some(Vec::new()) };
        Ok(Box::new(CountedScope { inner, counts }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }

    async fn probe_writes(&self) -> Result<(), StoreError> {
        self.inner.probe_writes().await
    }
}

/// Where counts go.
struct Counts {
    tally: Tally,
    /// What a unit of work has done; `None` outside of one, where each call takes effect by itself.
    until_commit: Option<Vec<Counted>>,
}

impl Counts {
    fn add(&mut self, at: OffsetDateTime, kind: CountKind, amount: u64) {
        let surface = Cow::Borrowed(Origin::current().surface);
        let counted = Counted { at, surface, kind, amount };
        match &mut self.until_commit {
            Some(done) => done.push(counted),
            None => self.tally.add(counted),
        }
    }

    fn add_event(&mut self, event: &AuditEvent) {
        if let Some(kind) = event.action.known().and_then(kind_of) {
            self.add(event.at, kind, event.times);
        }
    }

    fn committed(self) {
        for counted in self.until_commit.into_iter().flatten() {
            self.tally.add(counted);
        }
    }
}

/// As what an event counts.
fn kind_of(action: AuditAction) -> Option<CountKind> {
    Some(match action {
        AuditAction::AccountRegistered => CountKind::SignUps,
        AuditAction::LoggedIn => CountKind::LogIns,
        AuditAction::LogInFailed | AuditAction::LogInRefused => CountKind::FailedLogIns,
        _ => return None,
    })
}

/// The repositories of another scope. What two of them do is counted.
struct CountedScope<S: ?Sized> {
    inner: Box<S>,
    counts: Counts,
}

#[async_trait]
impl UnitOfWork for CountedScope<dyn UnitOfWork> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, counts } = *self;
        inner.commit().await?;
        counts.committed();
        Ok(())
    }
}

macro_rules! forward {
    ($($accessor:ident: $repository:ident;)*) => {
        impl<S: Repositories + ?Sized> Repositories for CountedScope<S> {
            $(fn $accessor(&mut self) -> &mut dyn $repository {
                self.inner.$accessor()
            })*

            fn audit(&mut self) -> &mut dyn AuditRepository {
                self
            }

            fn points(&mut self) -> &mut dyn PointsRepository {
                self
            }
        }
    };
}

forward! {
    accounts: AccountRepository;
    transfer: AccountTransfer;
    import_keys: ImportKeyRepository;
    directory: AccountDirectory;
    trash: TrashRepository;
    account_tokens: AccountTokenRepository;
    pending_registrations: PendingRegistrationRepository;
    sessions: SessionRepository;
    refresh_tokens: RefreshTokenRepository;
    outbox: OutboxRepository;
    sent_messages: SentMessageRepository;
    catalogue: CatalogueRepository;
    pictures: PictureReferences;
    contacts: ContactRepository;
    contact_index: ContactIndex;
    profiles: ProfileRepository;
    installation: InstallationRepository;
    chore_leases: ChoreLeaseRepository;
    verification_codes: VerificationCodeRepository;
    idempotency_keys: IdempotencyRepository;
    daily_counts: DailyCountRepository;
}

#[async_trait]
impl<S: Repositories + ?Sized> AuditRepository for CountedScope<S> {
    async fn append(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        self.inner.audit().append(event).await?;
        self.counts.add_event(event);
        Ok(())
    }

    async fn count(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        self.inner.audit().count(event).await?;
        self.counts.add_event(event);
        Ok(())
    }

    async fn list(
        &mut self,
        filter: &AuditFilter,
        after: Option<AuditPosition>,
        limit: u64,
    ) -> Result<Vec<AuditEvent>, StoreError> {
        self.inner.audit().list(filter, after, limit).await
    }

    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        self.inner.audit().purge(until, limit).await
    }
}

#[async_trait]
impl<S: Repositories + ?Sized> PointsRepository for CountedScope<S> {
    async fn apply(&mut self, change: &PointsChange) -> Result<Option<i64>, StoreError> {
        let balance = self.inner.points().apply(change).await?;
        if balance.is_some() {
            self.counts.add(change.at, CountKind::PointsMoved, change.points.get().unsigned_abs());
        }
        Ok(balance)
    }

    async fn history(
        &mut self,
        account: AccountId,
        before: Option<EntryId>,
        limit: u64,
    ) -> Result<Vec<PointsEntry>, StoreError> {
        self.inner.points().history(account, before, limit).await
    }

    async fn sums(&mut self, after: AccountId, limit: u64) -> Result<Vec<LedgerSum>, StoreError> {
        self.inner.points().sums(after, limit).await
    }
}
