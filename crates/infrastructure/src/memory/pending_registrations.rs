//! Pending registrations.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{
    AccountId, PendingRegistration, PendingRegistrationRepository, RegistrationId,
};
use vestibule_domain::store::{Constraint, StoreError};

use super::row::Row;
use super::scope::{Access, MemoryScope};

/// A registration, numbered in the order in which they were inserted.
#[derive(Clone)]
pub(super) struct RegistrationRow {
    number: i64,
    registration: PendingRegistration,
}

/// The index entries of registrations.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RegistrationEntry {
    Id(Uuid),
    /// The digest, as hexadecimal digits.
    Digest(String),
    Account(AccountId, i64),
}

impl RegistrationRow {
    pub(super) fn expires_at(&self) -> OffsetDateTime {
        self.registration.expires_at
    }
}

impl Row for RegistrationRow {
    type Key = i64;
    type Entry = RegistrationEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> i64 {
        self.number
    }

    fn entries(&self) -> Vec<(RegistrationEntry, Option<Constraint>)> {
        const UNIQUE: Option<Constraint> = Some(Constraint::PendingRegistrations);
        let PendingRegistration { id, digest, account, .. } = &self.registration;
        vec![
            (RegistrationEntry::Id(id.0), UNIQUE),
            (RegistrationEntry::Digest(digest.to_hex()), UNIQUE),
            (RegistrationEntry::Account(*account, self.number), None),
        ]
    }
}

pub(super) fn of(account: AccountId) -> RangeInclusive<RegistrationEntry> {
    RegistrationEntry::Account(account, i64::MIN)..=RegistrationEntry::Account(account, i64::MAX)
}

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
