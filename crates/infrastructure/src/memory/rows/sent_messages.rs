//! Rows of the table: messages that were sent.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::messages::SentMessage;
use vestibule_domain::store::Constraint;

use super::super::row::{EARLIEST, LATEST, Row};

/// A message.
#[derive(Clone)]
pub(in crate::memory) struct SentRow(pub(in crate::memory) SentMessage);

/// The index entries of messages.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum SentEntry {
    SentAt(OffsetDateTime, Uuid),
    Recipient(String, Uuid),
}

/// All messages, the oldest first.
pub(in crate::memory) fn all() -> RangeInclusive<SentEntry> {
    sent_until(LATEST)
}

/// Those that were sent at or before this time, the oldest first.
pub(in crate::memory) fn sent_until(at: OffsetDateTime) -> RangeInclusive<SentEntry> {
    SentEntry::SentAt(EARLIEST, Uuid::nil())..=SentEntry::SentAt(at, Uuid::max())
}

/// Those to an address or number.
pub(in crate::memory) fn to(recipient: &str) -> RangeInclusive<SentEntry> {
    let entry = |id| SentEntry::Recipient(recipient.to_owned(), id);
    entry(Uuid::nil())..=entry(Uuid::max())
}

impl Row for SentRow {
    type Key = Uuid;
    type Entry = SentEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Uuid {
        self.0.id.0
    }

    fn entries(&self) -> Vec<(SentEntry, Option<Constraint>)> {
        let Self(sent) = self;
        vec![
            (SentEntry::SentAt(sent.sent_at, sent.id.0), None),
            (SentEntry::Recipient(sent.recipient.clone(), sent.id.0), None),
        ]
    }
}
