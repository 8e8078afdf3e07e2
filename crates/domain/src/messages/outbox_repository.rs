//! Where messages wait.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{InstanceId, Lease, MessageId, OutboxMessage, Queue, QueuePlace, QueuedMessage, SentMessage};
use crate::page::Part;
use crate::store::StoreError;

/// Keeps messages that wait to be sent, and those that were given up.
#[async_trait]
pub trait OutboxRepository: Send {
    /// Adds a message, which leaves no sooner than its `available_at`.
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<(), StoreError>;

    /// Claims up to `limit` messages, oldest first: those that are available at `now`, not parked, and not under a
    /// lease that still runs. The process `holder` has them until `until`. The `attempts` in the answer include this
    /// claim.
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

    /// Removes a message that was sent, and keeps `sent` of it, if that is given, for
    /// [`SentMessageRepository`](super::SentMessageRepository). `false`, and nothing is kept, if the lease was lost.
    ///
    /// MUST do both or neither: whoever does not know whether it was done finds that out with the next claim.
    async fn complete(
        &mut self,
        id: MessageId,
        lease: Lease,
        sent: Option<&SentMessage>,
    ) -> Result<bool, StoreError>;

    /// Gives a message back, to be claimed again from `available_at` on. `reason` is stored for operators, and holds
    /// no secret. `false` if the lease was lost.
    async fn retry(
        &mut self,
        id: MessageId,
        lease: Lease,
        available_at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError>;

    /// Gives a message back as if it had not been claimed: this claim does not count as an attempt. `false` if the
    /// lease was lost.
    async fn give_back(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError>;

    /// Ends every lease of a process that is dead, and answers how many messages became free. Their claims still
    /// count as attempts, because sending one of them may be what killed the process.
    async fn free_leases_of(&mut self, holder: InstanceId) -> Result<u64, StoreError>;

    /// Parks a message for operators to look at; it is not claimed again. `false` if the lease was lost.
    async fn park(
        &mut self,
        id: MessageId,
        lease: Lease,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError>;

    /// The next `limit` messages of a queue after a place, or the first ones. One whose row does not read back is passed
    /// over, and the list goes on after it. MUST read no more than one message besides.
    async fn list(
        &mut self,
        queue: Queue,
        after: Option<QueuePlace>,
        limit: u64,
    ) -> Result<Part<QueuedMessage, QueuePlace>, StoreError>;

    /// Has a parked message wait again: it may be claimed from `available_at` on, as if it had never been tried. `false`
    /// if there is no such parked message.
    async fn unpark(&mut self, id: MessageId, available_at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Removes up to `limit` messages that were parked at or before `until`, and answers how many.
    async fn purge_parked(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;

    /// How many messages wait to be sent. Parked messages do not count.
    async fn waiting(&mut self) -> Result<u64, StoreError>;

    /// How many messages are parked. MUST NOT read the rows of messages that wait.
    async fn parked(&mut self) -> Result<u64, StoreError>;
}
