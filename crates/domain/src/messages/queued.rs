//! Messages in the outbox, as operators look at them.

use time::OffsetDateTime;

use super::{MessageId, OutboxMessage};

/// Which messages of the outbox are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Those that wait to be sent, oldest first.
    Waiting,
    /// Those that were given up, the latest first.
    Parked,
}

/// A message in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedMessage {
    /// The message, whose notice is sealed.
    pub message: OutboxMessage,
    /// When it was given up.
    pub parked_at: Option<OffsetDateTime>,
    /// Why its last try failed.
    pub reason: Option<String>,
}

/// Where a message stands in its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuePlace {
    /// Its creation, or when it was given up.
    pub at: OffsetDateTime,
    /// Its id, which tells messages of one moment apart.
    pub id: MessageId,
}

impl From<&QueuedMessage> for QueuePlace {
    fn from(queued: &QueuedMessage) -> Self {
        Self { at: queued.parked_at.unwrap_or(queued.message.created_at), id: queued.message.id }
    }
}
