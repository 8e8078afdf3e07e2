//! Rows of the table: sessions.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::sessions::Session;
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The index entries of sessions.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum SessionEntry {
    Account(AccountId, Uuid),
    /// The end of the session's life.
    Expiry(OffsetDateTime, Uuid),
}

/// The sessions of an account.
pub(in crate::memory) fn of_account(account: AccountId) -> RangeInclusive<SessionEntry> {
    SessionEntry::Account(account, Uuid::nil())..=SessionEntry::Account(account, Uuid::max())
}

impl Row for Session {
    type Key = Uuid;
    type Entry = SessionEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn entries(&self) -> Vec<(SessionEntry, Option<Constraint>)> {
        vec![
            (SessionEntry::Account(self.account, self.id.0), None),
            (SessionEntry::Expiry(self.expires_at, self.id.0), None),
        ]
    }
}
