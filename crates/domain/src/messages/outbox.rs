//! The outbox: messages written in the same unit of work as the change that causes them.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Channel, Language};

/// The id of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageId(pub Uuid);

/// One worker's claim on a message, for a limited time. A worker whose lease was lost can no longer settle the
/// message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lease(pub Uuid);

/// A message that waits to be sent. It is removed once it was sent, with a [record](super::SentMessage) in its place, and
/// parked when it cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OutboxMessage {
    /// Ids ascend in order of creation.
    pub id: MessageId,
    /// The [`Notice`](super::Notice), sealed because it carries secrets.
    pub sealed_notice: Vec<u8>,
    /// The channel, which can be read without the key of the seal.
    pub channel: Channel,
    /// The language of the message.
    pub language: Language,
    pub created_at: OffsetDateTime,
    /// The message is not sent before this time.
    pub available_at: OffsetDateTime,
    /// How many times the message was claimed. Claims that were given back untried do not count.
    pub attempts: u32,
}
