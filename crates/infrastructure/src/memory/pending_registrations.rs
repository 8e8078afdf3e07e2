//! Pending registrations.

use async_trait::async_trait;
use vestibule_domain::accounts::{
    AccountId, PendingRegistration, PendingRegistrationRepository, RegistrationId,
};
use vestibule_domain::store::StoreError;

use super::row::Row;
use super::rows::pending_registrations::{RegistrationEntry, RegistrationRow, of};
use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> PendingRegistrationRepository for MemoryScope<A> {
    async fn insert(&mut self, registration: &PendingRegistration) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                let number = tables.next_registration();
                tables.require_account(registration.account)?;
                let registration = registration.clone();
                tables.pending_registrations.insert(RegistrationRow { number, registration })
            })
            .await
    }

    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<PendingRegistration>, StoreError> {
        self.0.read(|tables| {
            let found = tables.pending_registrations.find(&RegistrationEntry::Id(id.0));
            found.map(|row| row.registration.clone())
        })
    }

    async fn of_account(&mut self, account: AccountId) -> Result<Vec<PendingRegistration>, StoreError> {
        self.0.read(|tables| {
            let rows = tables.pending_registrations.range(of(account));
            rows.map(|row| row.registration.clone()).collect()
        })
    }

    async fn remove(&mut self, id: RegistrationId) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let found = tables.pending_registrations.find(&RegistrationEntry::Id(id.0)).map(Row::key);
                Ok(found.is_some_and(|number| tables.pending_registrations.remove(number)))
            })
            .await
    }

    async fn remove_all(&mut self, account: AccountId) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                let removed = tables.pending_registrations.remove_range(of(account), u64::MAX, |_| true);
                Ok(removed.len() as u64)
            })
            .await
    }
}
