//! Where messages wait.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{InstanceId, Lease, MessageId, OutboxMessage};
use crate::store::StoreError;

/// The outbox.
#[async_trait]
pub trait OutboxRepository: Send {
    /// Adds a message.
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<(), StoreError>;

    /// Claims up to `limit` messages that are available at `now`, not parked and not under a lease
    /// that still runs, oldest first. They are leased until `until` to the process `holder`, and
    /// `attempts` of the answer counts this claim.
    ///
    /// MUST NOT give one message to two callers, however they race.
    async fn claim(
        &mut self,
        lease: Lease,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<OutboxMessage>, StoreError>;

    /// Removes a message that was sent. `false` if the lease is lost.
    async fn complete(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError>;

    /// Gives a message back, to be claimed again at `available_at`. `reason` is kept for operators
    /// and holds no secret. `false` if the lease is lost.
    async fn retry(
        &mut self,
        id: MessageId,
        lease: Lease,
        available_at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError>;

    /// Gives a message back untried: it is as if it had not been claimed, and this claim of it does
    /// not count. `false` if the lease is lost.
    async fn give_back(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError>;

    /// Ends every lease of a process that is dead. Its claims count: what it tried may be what it died
    /// of. Answers how many messages are free by that.
    async fn free_leases_of(&mut self, holder: InstanceId) -> Result<u64, StoreError>;

    /// Sets a message aside for operators to look at; it is not claimed again. `false` if the lease
    /// is lost.
    async fn park(
        &mut self,
        id: MessageId,
        lease: Lease,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError>;

    /// Removes messages that were parked at or before `until`, `limit` at the most. Answers how many.
    async fn purge_parked(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;

    /// How many messages wait, parked ones not counted.
    async fn waiting(&mut self) -> Result<u64, StoreError>;

    /// How many messages are parked. MUST NOT look at those that wait.
    async fn parked(&mut self) -> Result<u64, StoreError>;
}
