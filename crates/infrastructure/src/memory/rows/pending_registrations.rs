//! Rows of the table: pending registrations.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, PendingRegistration};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// A registration, numbered in the order in which they were inserted.
#[derive(Clone)]
pub(in crate::memory) struct RegistrationRow {
    pub(in crate::memory) number: i64,
    pub(in crate::memory) registration: PendingRegistration,
}

/// The index entries of registrations.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum RegistrationEntry {
    Id(Uuid),
    /// The digest, as hexadecimal digits.
    Digest(String),
    Account(AccountId, i64),
}

impl RegistrationRow {
    pub(in crate::memory) fn expires_at(&self) -> OffsetDateTime {
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

pub(in crate::memory) fn of(account: AccountId) -> RangeInclusive<RegistrationEntry> {
    RegistrationEntry::Account(account, i64::MIN)..=RegistrationEntry::Account(account, i64::MAX)
}
