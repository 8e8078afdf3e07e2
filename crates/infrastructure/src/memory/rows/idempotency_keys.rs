//! Rows of the table: idempotency keys.

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::idempotency::{Claim, KeyPlace};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// A key, numbered, with the claim that has it.
#[derive(Clone)]
pub(in crate::memory) struct KeyRow {
    pub(in crate::memory) number: i64,
    pub(in crate::memory) claim: Claim,
    pub(in crate::memory) answer: Option<String>,
}

/// What keys are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum KeyEntry {
    Place(KeyPlace),
    Account(AccountId, i64),
    Expiry(OffsetDateTime, i64),
}

impl Row for KeyRow {
    type Key = i64;
    type Entry = KeyEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> i64 {
        self.number
    }

    fn entries(&self) -> Vec<(KeyEntry, Option<Constraint>)> {
        vec![
            (KeyEntry::Place(self.claim.place.clone()), None),
            (KeyEntry::Account(self.claim.place.account, self.number), None),
            (KeyEntry::Expiry(self.claim.expires_at, self.number), None),
        ]
    }
}
