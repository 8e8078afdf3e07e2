//! Rows of the table: refresh tokens.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::sessions::{RefreshToken, SessionId};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The index entries of refresh tokens.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum RefreshTokenEntry {
    /// The digest, as hexadecimal digits.
    Digest(String),
    Parent(Uuid),
    Session(Uuid, Uuid),
    Account(AccountId, Uuid),
    /// The end of the token's life.
    Expiry(OffsetDateTime, Uuid),
}

/// The family of a session.
pub(in crate::memory) fn of_session(session: SessionId) -> RangeInclusive<RefreshTokenEntry> {
    let entry = |token| RefreshTokenEntry::Session(session.0, token);
    entry(Uuid::nil())..=entry(Uuid::max())
}

/// The tokens of an account.
pub(in crate::memory) fn of_account(account: AccountId) -> RangeInclusive<RefreshTokenEntry> {
    let entry = |token| RefreshTokenEntry::Account(account, token);
    entry(Uuid::nil())..=entry(Uuid::max())
}

impl Row for RefreshToken {
    type Key = Uuid;
    type Entry = RefreshTokenEntry;
    const PRIMARY_KEY: Option<Constraint> = Some(Constraint::RefreshTokens);

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn entries(&self) -> Vec<(RefreshTokenEntry, Option<Constraint>)> {
        let unique = Some(Constraint::RefreshTokens);
        let mut entries = vec![
            (RefreshTokenEntry::Digest(self.digest.to_hex()), unique),
            (RefreshTokenEntry::Session(self.session.0, self.id.0), None),
            (RefreshTokenEntry::Account(self.account, self.id.0), None),
            (RefreshTokenEntry::Expiry(self.expires_at, self.id.0), None),
        ];
        entries.extend(self.parent.map(|parent| (RefreshTokenEntry::Parent(parent.0), unique)));
        entries
    }
}
