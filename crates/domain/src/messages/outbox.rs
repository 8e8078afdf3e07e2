//! The outbox: messages written in the same unit of work as the change that causes them.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Channel, Language};

/// The id of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageId(pub Uuid);

/// The claim of one worker on a message for a limited time. A worker that lost its lease can no
/// longer settle the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lease(pub Uuid);

/// A message that waits to be sent. It is removed when it is sent, and parked when it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Id; in order of creation.
    pub id: MessageId,
    /// The [`Notice`](super::Notice), sealed: it carries secrets.
    pub sealed_notice: Vec<u8>,
    /// How it leaves; readable without the key of the seal.
    pub channel: Channel,
    /// In which language to say it.
    pub language: Language,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// Not to be sent before this time.
    pub available_at: OffsetDateTime,
    /// How many times it was claimed, but for the claims that were given back untried.
    pub attempts: u32,
}
