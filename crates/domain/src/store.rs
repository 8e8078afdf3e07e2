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
use crate::accounts::{
    AccountDirectory, AccountRepository, AccountTokenRepository, PendingRegistrationRepository,
};
use crate::catalogue::CatalogueRepository;
use crate::contacts::{ContactIndex, ContactRepository};
use crate::installation::InstallationRepository;
use crate::media::PictureReferences;
use crate::messages::OutboxRepository;
use crate::sessions::{RefreshTokenRepository, SessionRepository};
use crate::trash::TrashRepository;

/// A rule that the store itself keeps. The names are those of the schema.
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
    /// One movie per name and date.
    MoviesNameDate,
    /// A row that names another row which does not exist.
    ForeignKey,
}

/// Why the store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A [`Constraint`] does not allow it. The unit of work, if any, can only be dropped.
    #[error("the store refuses it: {constraint:?}")]
    Conflict {
        /// The rule.
        constraint: Constraint,
    },
    /// The store gave up in favour of another unit of work; the whole use case may be tried again.
    #[error("the store asks for another try")]
    Retryable(#[source] Cause),
    /// The store cannot be reached, or has no connection to spare.
    #[error("the store is not available")]
    Unavailable(#[source] Cause),
    /// Anything else: a defect, or a row that does not read back.
    #[error("the store failed")]
    Unexpected(#[source] Cause),
}

/// All repositories, in one scope.
pub trait Repositories: Send {
    /// Accounts.
    fn accounts(&mut self) -> &mut dyn AccountRepository;
    /// The list of all accounts.
    fn directory(&mut self) -> &mut dyn AccountDirectory;
    /// Accounts that were removed and may come back.
    fn trash(&mut self) -> &mut dyn TrashRepository;
    /// Activation and password reset tokens.
    fn account_tokens(&mut self) -> &mut dyn AccountTokenRepository;
    /// Registrations that wait for the owner of their address.
    fn pending_registrations(&mut self) -> &mut dyn PendingRegistrationRepository;
    /// Sessions.
    fn sessions(&mut self) -> &mut dyn SessionRepository;
    /// Refresh tokens.
    fn refresh_tokens(&mut self) -> &mut dyn RefreshTokenRepository;
    /// Messages that wait to be sent.
    fn outbox(&mut self) -> &mut dyn OutboxRepository;
    /// Movies and what they share.
    fn catalogue(&mut self) -> &mut dyn CatalogueRepository;
    /// Which pictures belong to somebody.
    fn pictures(&mut self) -> &mut dyn PictureReferences;
    /// Address books.
    fn contacts(&mut self) -> &mut dyn ContactRepository;
    /// What contacts are searched by.
    fn contact_index(&mut self) -> &mut dyn ContactIndex;
    /// Which installation this is.
    fn installation(&mut self) -> &mut dyn InstallationRepository;
}

/// Repositories inside one transaction. Dropping it rolls back.
#[async_trait]
pub trait UnitOfWork: Repositories {
    /// Makes all writes of the unit visible and durable, together.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// Where accounts and all that belongs to them are kept.
#[async_trait]
pub trait Store: Send + Sync {
    /// Repositories whose every call stands for itself.
    fn repositories(&self) -> Box<dyn Repositories>;

    /// Opens a unit of work.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Whether the store answers, for readiness checks.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Whether the store takes writes: it makes a small one durable. A store whose disk is full, or which others
    /// have left for a new primary, answers [`Store::ping`] and not this.
    async fn probe_writes(&self) -> Result<(), StoreError>;
}
