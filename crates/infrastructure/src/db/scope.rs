//! One implementation of all repositories, for single calls and for units of work.

use async_trait::async_trait;
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

use super::errors::store_error;
use super::pool::{Pool, Pools, Statements, Together, Unit};

/// Chooses the connection for a statement.
#[async_trait]
pub(super) trait Handle: Send + Sync {
    /// A pool, or a transaction.
    type Connection: Statements;

    /// The connection for statements that change nothing.
    fn reads(&self) -> &Self::Connection;

    /// The connection for all other statements.
    fn writes(&self) -> &Self::Connection;

    /// A group of statements for a call that needs more than one.
    async fn together(&self) -> Result<Together<'_>, StoreError>;
}

#[async_trait]
impl Handle for Pools {
    type Connection = Pool;

    fn reads(&self) -> &Pool {
        &self.reader
    }

    fn writes(&self) -> &Pool {
        &self.writer
    }

    async fn together(&self) -> Result<Together<'_>, StoreError> {
        self.begin().await.map(Together::Alone)
    }
}

#[async_trait]
impl Handle for Unit {
    type Connection = Self;

    fn reads(&self) -> &Self {
        self
    }

    fn writes(&self) -> &Self {
        self
    }

    async fn together(&self) -> Result<Together<'_>, StoreError> {
        Ok(self.part())
    }
}

/// All repositories, over one way to reach the database. Each repository is implemented in a file of its own.
pub(super) struct SeaScope<H>(pub(super) H);

impl<H: Handle> SeaScope<H> {
    pub(super) fn reads(&self) -> &H::Connection {
        self.0.reads()
    }

    pub(super) fn writes(&self) -> &H::Connection {
        self.0.writes()
    }

    /// Begins a group of statements, which all take effect at [`Together::commit`] or not at all. Outside of a unit
    /// of work the group is a transaction of its own; inside it is a part of the unit.
    pub(super) async fn together(&self) -> Result<Together<'_>, StoreError> {
        self.0.together().await
    }
}

impl<H: Handle> Repositories for SeaScope<H> {
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
impl UnitOfWork for SeaScope<Unit> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.0.commit().await.map_err(store_error)
    }
}
