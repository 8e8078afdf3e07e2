//! Where pending registrations are kept.

use async_trait::async_trait;

use super::{AccountId, PendingRegistration, RegistrationId};
use crate::store::StoreError;

/// Pending registrations. They go with their account. How many an account may have is the use case's
/// business: it locks the account before it adds one.
#[async_trait]
pub trait PendingRegistrationRepository: Send {
    /// Adds a registration.
    ///
    /// MUST answer `Conflict` with `PendingRegistrations` when another has its id or its digest, with
    /// `ForeignKey` when there is no such account, and add nothing then.
    async fn insert(&mut self, registration: &PendingRegistration) -> Result<(), StoreError>;

    /// The registration with this id.
    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<PendingRegistration>, StoreError>;

    /// The registrations of an account, in the order in which they were inserted, expired ones too.
    async fn of_account(&mut self, account: AccountId) -> Result<Vec<PendingRegistration>, StoreError>;

    /// Removes a registration. Of two calls at once one gets `true`: this is how a registration is used only
    /// once.
    async fn remove(&mut self, id: RegistrationId) -> Result<bool, StoreError>;

    /// Removes the registrations of an account. Answers how many there were.
    async fn remove_all(&mut self, account: AccountId) -> Result<u64, StoreError>;
}
