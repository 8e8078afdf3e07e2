//! The store: one unit of work over all repositories.
//!
//! Rules that every adapter MUST keep, proved by `tests/contract/store.rs`:
//!
//! - A repository obtained from [`Store::repositories`] writes at once, each call by itself.
//! - A repository obtained from a [`UnitOfWork`] writes into the unit: its own writes are visible to
//!   it, other units see nothing before [`UnitOfWork::commit`].
//! - A unit that is dropped without `commit` leaves nothing behind, in any repository.
//! - Rules that must hold whatever happens (unique, foreign keys) are [`Constraint`]s of the store;
//!   a violation is [`StoreError::Conflict`] with that constraint, from the call that broke it.
//!
//! Do not open a unit of work while another is open in the same task: stores with one writer make
//! the second wait for the first.

use async_trait::async_trait;

use crate::Cause;
use crate::accounts::import::{AccountTransfer, ImportKeyRepository};
use crate::accounts::{
    AccountDirectory, AccountRepository, AccountTokenRepository, PendingRegistrationRepository,
    ProfileRepository,
};
use crate::audit::AuditRepository;
use crate::catalogue::CatalogueRepository;
use crate::contacts::{ContactIndex, ContactRepository};
use crate::idempotency::IdempotencyRepository;
use crate::installation::InstallationRepository;
use crate::maintenance::ChoreLeaseRepository;
use crate::media::PictureReferences;
use crate::messages::{OutboxRepository, SentMessageRepository};
use crate::points::PointsRepository;
use crate::sessions::{RefreshTokenRepository, SessionRepository};
use crate::statistics::DailyCountRepository;
use crate::trash::TrashRepository;
use crate::verification::VerificationCodeRepository;

/// A rule that the store itself keeps. Each is named as in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Constraint {
    /// One account per e-mail address.
    UsersEmail,
    /// One account per user name, whatever its letter case.
    UsersUsername,
    /// One account per mobile number.
    UsersMobile,
    /// One account per UUID.
    UsersUuid,
    /// An account is in the trash once.
    Trash,
    /// Activation tokens are unique, and there is one per account.
    ActivationTokens,
    /// Password reset tokens are unique, and there is one per account.
    PasswordResetTokens,
    /// A pending registration has its id and its token for itself.
    PendingRegistrations,
    /// A refresh token is issued once, and has one successor.
    RefreshTokens,
    /// An idempotency key is there once for an account and what it is sent to.
    IdempotencyKeys,
    /// One movie per name and date.
    MoviesNameDate,
    /// A row refers to another row that does not exist.
    ForeignKey,
}

/// Why a call of the store failed.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StoreError {
    /// The call would break a [`Constraint`]. A unit of work in which this happened cannot be committed.
    #[error("the store refuses it: {constraint:?}")]
    Conflict { constraint: Constraint },
    /// The store gave this unit of work up in favour of another one. The whole use case may be tried again.
    #[error("the store asks for another try")]
    Retryable(#[source] Cause),
    /// The store cannot be reached, or has no connection to spare.
    #[error("the store is not available")]
    Unavailable(#[source] Cause),
    /// A defect, or a row that cannot be read as what the domain expects.
    #[error("the store failed")]
    Unexpected(#[source] Cause),
}

/// All repositories in one scope: either each call by itself, or all in one unit of work.
#[expect(missing_docs, reason = "each method is named as the repository that it gives")]
pub trait Repositories: Send {
    fn accounts(&mut self) -> &mut dyn AccountRepository;
    /// Accounts that move in or out.
    fn transfer(&mut self) -> &mut dyn AccountTransfer;
    /// Keys of the systems that accounts came from.
    fn import_keys(&mut self) -> &mut dyn ImportKeyRepository;
    /// The list of all accounts.
    fn directory(&mut self) -> &mut dyn AccountDirectory;
    /// Accounts that were removed and may come back.
    fn trash(&mut self) -> &mut dyn TrashRepository;
    fn account_tokens(&mut self) -> &mut dyn AccountTokenRepository;
    fn pending_registrations(&mut self) -> &mut dyn PendingRegistrationRepository;
    fn sessions(&mut self) -> &mut dyn SessionRepository;
    fn refresh_tokens(&mut self) -> &mut dyn RefreshTokenRepository;
    fn outbox(&mut self) -> &mut dyn OutboxRepository;
    fn sent_messages(&mut self) -> &mut dyn SentMessageRepository;
    fn catalogue(&mut self) -> &mut dyn CatalogueRepository;
    fn pictures(&mut self) -> &mut dyn PictureReferences;
    fn contacts(&mut self) -> &mut dyn ContactRepository;
    fn contact_index(&mut self) -> &mut dyn ContactIndex;
    /// What people tell about themselves.
    fn profiles(&mut self) -> &mut dyn ProfileRepository;
    /// What was done to accounts.
    fn audit(&mut self) -> &mut dyn AuditRepository;
    fn installation(&mut self) -> &mut dyn InstallationRepository;
    /// Which server does which chore.
    fn chore_leases(&mut self) -> &mut dyn ChoreLeaseRepository;
    /// Codes that prove an address or a number.
    fn verification_codes(&mut self) -> &mut dyn VerificationCodeRepository;
    /// Balances and their ledger.
    fn points(&mut self) -> &mut dyn PointsRepository;
    /// Keys under which something is done once.
    fn idempotency_keys(&mut self) -> &mut dyn IdempotencyRepository;
    /// How often what happened, by day.
    fn daily_counts(&mut self) -> &mut dyn DailyCountRepository;
}

/// Repositories inside one transaction. Dropping it rolls back.
#[async_trait]
pub trait UnitOfWork: Repositories {
    /// Makes all writes of the unit visible and durable, together.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// The database, or what stands in for it.
#[async_trait]
pub trait Store: Send + Sync {
    /// Repositories in autocommit: each call takes effect by itself.
    fn repositories(&self) -> Box<dyn Repositories>;

    /// Opens a unit of work. `Unavailable` when no connection, or on SQLite no turn to write, is free in time.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Whether the store answers, for readiness checks.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Tells whether the store takes writes, by making a small write durable. A store whose disk is full, or that is
    /// no longer the primary of its replicas, answers [`Store::ping`] but fails here.
    async fn probe_writes(&self) -> Result<(), StoreError>;
}
