//! Messages that were sent.

use time::OffsetDateTime;

use super::{Channel, Language, MessageId, QueuePlace};

/// That a message was sent: to whom, when and of which kind. What was in it is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SentMessage {
    /// The id that the message had in the outbox.
    pub id: MessageId,
    /// The [name](super::Notice::name) of the notice. Of a newer release it may be one that this one does not know.
    pub kind: String,
    pub channel: Channel,
    pub language: Language,
    /// The address or number.
    pub recipient: String,
    /// How many times it was tried, with the try that succeeded.
    pub attempts: u32,
    /// When it was queued.
    pub created_at: OffsetDateTime,
    /// When the mail server or gateway had taken it.
    pub sent_at: OffsetDateTime,
}

impl From<&SentMessage> for QueuePlace {
    fn from(sent: &SentMessage) -> Self {
        Self { at: sent.sent_at, id: sent.id }
    }
}
