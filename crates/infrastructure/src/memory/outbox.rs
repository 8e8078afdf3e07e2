//! The outbox.

use async_trait::async_trait;
use time::{OffsetDateTime, PrimitiveDateTime};
use uuid::Uuid;
use vestibule_domain::messages::{Lease, MessageId, OutboxMessage, OutboxRepository};
use vestibule_domain::store::{Constraint, StoreError};

use super::row::Row;
use super::scope::{Access, MemoryScope};

/// A message and who is at work on it.
#[derive(Clone)]
pub(super) struct OutboxRow {
    message: OutboxMessage,
    /// Who claimed it last, and until when, unless it was given back.
    lease: Option<(Lease, OffsetDateTime)>,
    /// A parked message stands behind all others: nobody claims it.
    is_parked: bool,
}

impl Row for OutboxRow {
    type Key = Uuid;
    /// In order of creation, what is parked last.
    type Entry = (bool, OffsetDateTime, Uuid);
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Uuid {
        self.message.id.0
    }

    fn entries(&self) -> Vec<(Self::Entry, Option<Constraint>)> {
        vec![((self.is_parked, self.message.created_at, self.message.id.0), None)]
    }
}

/// Between those that wait and those that are parked.
const FIRST_PARKED: (bool, OffsetDateTime, Uuid) = (true, PrimitiveDateTime::MIN.assume_utc(), Uuid::nil());

impl OutboxRow {
    fn is_free(&self, now: OffsetDateTime) -> bool {
        self.message.available_at <= now && self.lease.is_none_or(|(_, until)| until <= now)
    }

    fn is_held_by(&self, lease: Lease) -> bool {
        self.lease.is_some_and(|(holder, _)| holder == lease)
    }
}

#[async_trait]
impl<A: Access> OutboxRepository for MemoryScope<A> {
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let row = OutboxRow { message: message.clone(), lease: None, is_parked: false };
        self.0.write(|tables| tables.outbox.insert(row)).await
    }

    async fn claim(
        &mut self,
        lease: Lease,
        now: OffsetDateTime,
        until: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0
            .write(|tables| {
                let free = tables.outbox.range(..FIRST_PARKED).filter(|row| row.is_free(now)).take(limit);
                let mut rows: Vec<_> = free.cloned().collect();
                for row in &mut rows {
                    row.lease = Some((lease, until));
                    row.message.attempts = row.message.attempts.saturating_add(1);
                    tables.outbox.put(row.clone())?;
                }
                Ok(rows.into_iter().map(|row| row.message).collect())
            })
            .await
    }

    async fn complete(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let held = tables.outbox.get(id.0).is_some_and(|row| row.is_held_by(lease));
                Ok(held && tables.outbox.remove(id.0))
            })
            .await
    }

    async fn retry(
        &mut self,
        id: MessageId,
        lease: Lease,
        available_at: OffsetDateTime,
        _reason: &str,
    ) -> Result<bool, StoreError> {
        self.settle(id, lease, |row| row.message.available_at = available_at).await
    }

    async fn park(
        &mut self,
        id: MessageId,
        lease: Lease,
        _at: OffsetDateTime,
        _reason: &str,
    ) -> Result<bool, StoreError> {
        self.settle(id, lease, |row| row.is_parked = true).await
    }

    async fn waiting(&mut self) -> Result<u64, StoreError> {
        self.0.read(|tables| tables.outbox.range(..FIRST_PARKED).count() as u64)
    }

    async fn parked(&mut self) -> Result<u64, StoreError> {
        self.0.read(|tables| tables.outbox.range(FIRST_PARKED..).count() as u64)
    }
}

impl<A: Access> MemoryScope<A> {
    /// Ends a lease with a change. `false` if it is lost.
    async fn settle(
        &mut self,
        id: MessageId,
        lease: Lease,
        change: impl FnOnce(&mut OutboxRow) + Send,
    ) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                tables.outbox.update(id.0, |row| {
                    let held = row.is_held_by(lease);
                    if held {
                        row.lease = None;
                        change(row);
                    }
                    held
                })
            })
            .await
    }
}
