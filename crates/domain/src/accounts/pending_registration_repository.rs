//! Where pending registrations are kept.

use async_trait::async_trait;

use super::{AccountId, PendingRegistration, RegistrationId};
use crate::store::StoreError;

/// Keeps pending registrations, which are removed together with their account. The store does not limit their number:
/// the use case does, under a lock on the account.
#[async_trait]
pub trait PendingRegistrationRepository: Send {
    /// Adds a registration.
    ///
    /// MUST answer `Conflict` with `PendingRegistrations` when another registration has the same id or digest, and
    /// `Conflict` with `ForeignKey` when the account does not exist. MUST add nothing then.
    async fn insert(&mut self, registration: &PendingRegistration) -> Result<(), StoreError>;

    /// The registration with this id.
    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<PendingRegistration>, StoreError>;

    /// The registrations of an account, in the order in which they were inserted, expired ones too.
    async fn of_account(&mut self, account: AccountId) -> Result<Vec<PendingRegistration>, StoreError>;

    /// Removes a registration. Of two calls at once only one gets `true`, so a registration is used only once.
    async fn remove(&mut self, id: RegistrationId) -> Result<bool, StoreError>;

    /// Removes the registrations of an account, and answers how many there were.
    async fn remove_all(&mut self, account: AccountId) -> Result<u64, StoreError>;
}
