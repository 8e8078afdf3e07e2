//! The outbox.

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::messages::{
    InstanceId, Lease, MessageId, OutboxMessage, OutboxRepository, Queue, QueuePlace, QueuedMessage,
    SentMessage,
};
use vestibule_domain::page::Part;
use vestibule_domain::store::StoreError;

use super::row::EARLIEST;
use super::rows::outbox::{Claim, OutboxEntry, OutboxRow, parked, waiting};
use super::rows::sent_messages::SentRow;
use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> OutboxRepository for MemoryScope<A> {
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let row = OutboxRow { message: message.clone(), claim: None, parked_at: None, reason: None };
        self.0.write(|tables| tables.outbox.insert(row)).await
    }

    async fn claim(
        &mut self,
        lease: Lease,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0
            .write(|tables| {
                let free = tables.outbox.range(waiting()).filter(|row| row.is_free(now)).take(limit);
                let mut rows: Vec<_> = free.cloned().collect();
                for row in &mut rows {
                    row.claim = Some(Claim { lease, holder, until });
                    row.message.attempts = row.message.attempts.saturating_add(1);
                    tables.outbox.put(row.clone())?;
                }
                Ok(rows.into_iter().map(|row| row.message).collect())
            })
            .await
    }

    async fn complete(
        &mut self,
        id: MessageId,
        lease: Lease,
        sent: Option<&SentMessage>,
    ) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let held = tables.outbox.get(id.0).is_some_and(|row| row.is_held_by(lease));
                let is_removed = held && tables.outbox.remove(id.0);
                if let Some(sent) = sent.filter(|_| is_removed) {
                    tables.sent_messages.insert(SentRow(sent.clone()))?;
                }
                Ok(is_removed)
            })
            .await
    }

    async fn retry(
        &mut self,
        id: MessageId,
        lease: Lease,
        available_at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.settle(id, lease, |row| {
            row.message.available_at = available_at;
            row.reason = Some(reason.to_owned());
        })
        .await
    }

    async fn give_back(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError> {
        self.settle(id, lease, |row| row.message.attempts = row.message.attempts.saturating_sub(1)).await
    }

    async fn free_leases_of(&mut self, holder: InstanceId) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                let held = tables.outbox.range(waiting());
                let held = held.filter(|row| row.claim.is_some_and(|claim| claim.holder == holder));
                let rows: Vec<_> = held.cloned().collect();
                let freed = rows.len() as u64;
                for row in rows {
                    tables.outbox.put(OutboxRow { claim: None, ..row })?;
                }
                Ok(freed)
            })
            .await
    }

    async fn park(
        &mut self,
        id: MessageId,
        lease: Lease,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.settle(id, lease, |row| {
            row.parked_at = Some(at);
            row.reason = Some(reason.to_owned());
        })
        .await
    }

    async fn list(
        &mut self,
        queue: Queue,
        after: Option<QueuePlace>,
        limit: u64,
    ) -> Result<Part<QueuedMessage, QueuePlace>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let range = if queue == Queue::Waiting { waiting() } else { parked() };
            let mut all: Vec<_> = tables.outbox.range(range).map(OutboxRow::queued).collect();
            if queue == Queue::Parked {
                all.reverse();
            }
            let seen = after.and_then(|after| all.iter().position(|queued| is_past(queue, queued, after)));
            let from = if after.is_some() { seen.unwrap_or(all.len()) } else { 0 };
            let rest = all.len().saturating_sub(from);
            let items: Vec<_> = all.into_iter().skip(from).take(limit).collect();
            let next = items.last().filter(|_| rest > limit).map(QueuePlace::from);
            Part { items, next }
        })
    }

    async fn unpark(&mut self, id: MessageId, available_at: OffsetDateTime) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                tables.outbox.update(id.0, |row| {
                    let was_parked = row.parked_at.take().is_some();
                    if was_parked {
                        row.message.available_at = available_at;
                        row.message.attempts = 0;
                    }
                    was_parked
                })
            })
            .await
    }

    async fn purge_parked(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let old = OutboxEntry::Parked(EARLIEST, Uuid::nil())..=OutboxEntry::Parked(until, Uuid::max());
        self.0.write(|tables| Ok(tables.outbox.remove_range(old, limit, |_| true).len() as u64)).await
    }

    async fn waiting(&mut self) -> Result<u64, StoreError> {
        self.0.read(|tables| tables.outbox.range(waiting()).count() as u64)
    }

    async fn parked(&mut self) -> Result<u64, StoreError> {
        self.0.read(|tables| tables.outbox.range(parked()).count() as u64)
    }
}

/// Whether a message comes after a place of its queue.
fn is_past(queue: Queue, queued: &QueuedMessage, after: QueuePlace) -> bool {
    let QueuePlace { at, id } = queued.into();
    match queue {
        Queue::Waiting => (at, id.0) > (after.at, after.id.0),
        Queue::Parked => (at, id.0) < (after.at, after.id.0),
    }
}

impl<A: Access> MemoryScope<A> {
    /// Ends a lease together with a change. `false` if the lease was lost.
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
                        row.claim = None;
                        change(row);
                    }
                    held
                })
            })
            .await
    }
}
