//! The scopes in which repositories work: each call by itself, or all in one unit.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Mutex, OwnedMutexGuard};
use vestibule_domain::accounts::import::{AccountTransfer, ImportKeyRepository};
use vestibule_domain::accounts::{
    AccountDirectory, AccountRepository, AccountTokenRepository, PendingRegistrationRepository,
    ProfileRepository,
};
use vestibule_domain::audit::AuditRepository;
use vestibule_domain::catalogue::CatalogueRepository;
use vestibule_domain::contacts::{ContactIndex, ContactRepository};
use vestibule_domain::idempotency::IdempotencyRepository;
use vestibule_domain::installation::InstallationRepository;
use vestibule_domain::maintenance::ChoreLeaseRepository;
use vestibule_domain::media::PictureReferences;
use vestibule_domain::messages::{OutboxRepository, SentMessageRepository};
use vestibule_domain::points::PointsRepository;
use vestibule_domain::sessions::{RefreshTokenRepository, SessionRepository};
use vestibule_domain::statistics::DailyCountRepository;
use vestibule_domain::store::{Repositories, StoreError, UnitOfWork};
use vestibule_domain::trash::TrashRepository;
use vestibule_domain::verification::VerificationCodeRepository;

use super::tables::Tables;

/// Why a writer gave up waiting for its turn.
#[derive(Debug, thiserror::Error)]
#[error(
    "waited {0:?} for the unit of work that is open: does the same task hold it? \
     (open one unit per use case, and write through it alone)"
)]
struct WaitedInVain(Duration);

/// Two copies of the tables. The working copy has one writer at a time. The published copy is updated at each commit,
/// so readers never wait for a writer.
pub(super) struct Shared {
    working: Arc<Mutex<Tables>>,
    published: RwLock<Tables>,
    /// How long a writer waits for its turn.
    patience: Duration,
}

impl Shared {
    pub(super) fn new(patience: Duration) -> Self {
        Self { working: Arc::default(), published: RwLock::default(), patience }
    }

    /// Waits until no other unit is open, and opens one.
    pub(super) async fn open(self: &Arc<Self>) -> Result<Unit, StoreError> {
        let turn = Arc::clone(&self.working).lock_owned();
        let working = tokio::time::timeout(self.patience, turn)
            .await
            .map_err(|_elapsed| StoreError::Unavailable(WaitedInVain(self.patience).into()))?;
        Ok(Unit { shared: Arc::clone(self), working, broken: false })
    }
}

/// One writer's turn. When it is dropped, changes that were not published are rolled back.
pub(super) struct Unit {
    shared: Arc<Shared>,
    working: OwnedMutexGuard<Tables>,
    /// A call failed, so the unit can only be dropped.
    broken: bool,
}

impl Unit {
    fn check(&self) -> Result<(), StoreError> {
        if self.broken {
            return Err(StoreError::Unexpected("the unit of work goes on after a call of it failed".into()));
        }
        Ok(())
    }

    fn change<T>(
        &mut self,
        write: impl FnOnce(&mut Tables) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.check()?;
        // The unit counts as broken until the call succeeds, because a panic in between leaves half a change.
        self.broken = true;
        let answer = write(&mut self.working)?;
        self.broken = false;
        Ok(answer)
    }

    fn publish(&mut self) -> Result<(), StoreError> {
        self.check()?;
        // No foreign code runs under the lock, so a poisoned lock still guards sound data.
        let mut published = self.shared.published.write().unwrap_or_else(PoisonError::into_inner);
        self.working.publish(&mut published);
        Ok(())
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        self.working.roll_back();
    }
}

/// The way in which a scope reaches the tables.
pub(super) trait Access: Send {
    /// Reads the tables as this scope sees them.
    fn read<T>(&self, read: impl FnOnce(&Tables) -> T) -> Result<T, StoreError>;

    /// Changes the tables: completely, or not at all if `write` fails.
    fn write<T: Send>(
        &mut self,
        write: impl FnOnce(&mut Tables) -> Result<T, StoreError> + Send,
    ) -> impl Future<Output = Result<T, StoreError>> + Send;
}

impl Access for Arc<Shared> {
    fn read<T>(&self, read: impl FnOnce(&Tables) -> T) -> Result<T, StoreError> {
        Ok(read(&self.published.read().unwrap_or_else(PoisonError::into_inner)))
    }

    async fn write<T: Send>(
        &mut self,
        write: impl FnOnce(&mut Tables) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        let mut unit = self.open().await?;
        let answer = unit.change(write)?;
        unit.publish()?;
        Ok(answer)
    }
}

impl Access for Unit {
    fn read<T>(&self, read: impl FnOnce(&Tables) -> T) -> Result<T, StoreError> {
        self.check()?;
        Ok(read(&self.working))
    }

    async fn write<T: Send>(
        &mut self,
        write: impl FnOnce(&mut Tables) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        self.change(write)
    }
}

/// All repositories, over one way to reach the tables. Each repository is implemented in a file of its own.
pub(super) struct MemoryScope<A>(pub(super) A);

impl<A: Access> Repositories for MemoryScope<A> {
    fn accounts(&mut self) -> &mut dyn AccountRepository {
        self
    }

    fn transfer(&mut self) -> &mut dyn AccountTransfer {
        self
    }

    fn directory(&mut self) -> &mut dyn AccountDirectory {
        self
    }

    fn trash(&mut self) -> &mut dyn TrashRepository {
        self
    }

    fn account_tokens(&mut self) -> &mut dyn AccountTokenRepository {
        self
    }

    fn pending_registrations(&mut self) -> &mut dyn PendingRegistrationRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    fn refresh_tokens(&mut self) -> &mut dyn RefreshTokenRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self
    }

    fn sent_messages(&mut self) -> &mut dyn SentMessageRepository {
        self
    }

    fn catalogue(&mut self) -> &mut dyn CatalogueRepository {
        self
    }

    fn contacts(&mut self) -> &mut dyn ContactRepository {
        self
    }

    fn pictures(&mut self) -> &mut dyn PictureReferences {
        self
    }

    fn contact_index(&mut self) -> &mut dyn ContactIndex {
        self
    }

    fn profiles(&mut self) -> &mut dyn ProfileRepository {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditRepository {
        self
    }

    fn import_keys(&mut self) -> &mut dyn ImportKeyRepository {
        self
    }

    fn installation(&mut self) -> &mut dyn InstallationRepository {
        self
    }

    fn chore_leases(&mut self) -> &mut dyn ChoreLeaseRepository {
        self
    }

    fn verification_codes(&mut self) -> &mut dyn VerificationCodeRepository {
        self
    }

    fn points(&mut self) -> &mut dyn PointsRepository {
        self
    }

    fn idempotency_keys(&mut self) -> &mut dyn IdempotencyRepository {
        self
    }

    fn daily_counts(&mut self) -> &mut dyn DailyCountRepository {
        self
    }
}

#[async_trait]
impl UnitOfWork for MemoryScope<Unit> {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.0.publish()
    }
}
