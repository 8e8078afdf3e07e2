//! Rows of the table: points.

use std::ops::RangeInclusive;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::points::{EntryId, PointsEntry};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// What entries are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum LedgerEntry {
    Account(AccountId, EntryId),
    Actor(AccountId, EntryId),
}

impl Row for PointsEntry {
    type Key = EntryId;
    type Entry = LedgerEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> EntryId {
        self.id
    }

    fn entries(&self) -> Vec<(LedgerEntry, Option<Constraint>)> {
        let actor = self.actor.map(|actor| LedgerEntry::Actor(actor, self.id));
        [LedgerEntry::Account(self.account, self.id)]
            .into_iter()
            .chain(actor)
            .map(|entry| (entry, None))
            .collect()
    }
}

/// The entries of an account.
pub(in crate::memory) fn of(account: AccountId) -> RangeInclusive<LedgerEntry> {
    LedgerEntry::Account(account, EntryId(i64::MIN))..=LedgerEntry::Account(account, EntryId(i64::MAX))
}
