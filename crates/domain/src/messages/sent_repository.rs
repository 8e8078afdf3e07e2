//! Where it is kept that messages were sent.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{QueuePlace, SentMessage};
use crate::page::Part;
use crate::store::StoreError;

/// Lists and removes what [`OutboxRepository::complete`](super::OutboxRepository::complete) keeps.
///
/// What was sent to the addresses of an account goes with the account: see
/// [`TrashRepository::remove_some`](crate::trash::TrashRepository::remove_some) and
/// [`AccountRepository::purge_never_activated`](crate::accounts::AccountRepository::purge_never_activated).
#[async_trait]
pub trait SentMessageRepository: Send {
    /// The next `limit` messages after a place, or the first ones: those that were sent last come first. One whose row
    /// does not read back is passed over, and the list goes on after it. MUST read no more than one message besides.
    async fn list(
        &mut self,
        after: Option<QueuePlace>,
        limit: u64,
    ) -> Result<Part<SentMessage, QueuePlace>, StoreError>;

    /// Removes up to `limit` messages that were sent at or before `until`, the oldest first, and answers how many.
    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
