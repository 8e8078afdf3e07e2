//! Rows of the table: the outbox.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::messages::{InstanceId, Lease, OutboxMessage, QueuedMessage};
use vestibule_domain::store::Constraint;

use super::super::row::Row;
use super::super::row::{EARLIEST, LATEST};

/// A message and its claim.
#[derive(Clone)]
pub(in crate::memory) struct OutboxRow {
    pub(in crate::memory) message: OutboxMessage,
    /// The last claim, unless it was given back.
    pub(in crate::memory) claim: Option<Claim>,
    /// When the message was parked. It is not claimed and does not count as waiting since.
    pub(in crate::memory) parked_at: Option<OffsetDateTime>,
    /// Why the last try failed.
    pub(in crate::memory) reason: Option<String>,
}

/// A claim of a message.
#[derive(Clone, Copy)]
pub(in crate::memory) struct Claim {
    pub(in crate::memory) lease: Lease,
    pub(in crate::memory) holder: InstanceId,
    pub(in crate::memory) until: OffsetDateTime,
}

/// The index entries of messages.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum OutboxEntry {
    /// In order of creation.
    Waiting(OffsetDateTime, Uuid),
    Parked(OffsetDateTime, Uuid),
}

pub(in crate::memory) fn waiting() -> RangeInclusive<OutboxEntry> {
    OutboxEntry::Waiting(EARLIEST, Uuid::nil())..=OutboxEntry::Waiting(LATEST, Uuid::max())
}

pub(in crate::memory) fn parked() -> RangeInclusive<OutboxEntry> {
    OutboxEntry::Parked(EARLIEST, Uuid::nil())..=OutboxEntry::Parked(LATEST, Uuid::max())
}

impl Row for OutboxRow {
    type Key = Uuid;
    type Entry = OutboxEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Uuid {
        self.message.id.0
    }

    fn entries(&self) -> Vec<(OutboxEntry, Option<Constraint>)> {
        let id = self.message.id.0;
        let entry = match self.parked_at {
            None => OutboxEntry::Waiting(self.message.created_at, id),
            Some(at) => OutboxEntry::Parked(at, id),
        };
        vec![(entry, None)]
    }
}

impl OutboxRow {
    pub(in crate::memory) fn is_free(&self, now: OffsetDateTime) -> bool {
        self.message.available_at <= now && self.claim.is_none_or(|claim| claim.until <= now)
    }

    pub(in crate::memory) fn queued(&self) -> QueuedMessage {
        let Self { message, parked_at, reason, .. } = self;
        QueuedMessage { message: message.clone(), parked_at: *parked_at, reason: reason.clone() }
    }

    pub(in crate::memory) fn is_held_by(&self, lease: Lease) -> bool {
        self.claim.is_some_and(|claim| claim.lease == lease)
    }
}
