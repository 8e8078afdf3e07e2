//! Where the trail is kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{AuditAction, AuditEvent, AuditEventId};
use crate::accounts::AccountUuid;
use crate::store::StoreError;

/// Which events are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Those that concern this account.
    pub account: Option<AccountUuid>,
    /// Those of this action.
    pub action: Option<AuditAction>,
    /// Those at this time or later.
    pub since: Option<OffsetDateTime>,
}

/// A place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditPosition {
    /// The time of the event.
    pub at: OffsetDateTime,
    /// Its id.
    pub id: AuditEventId,
}

impl AuditEvent {
    /// Its place in the list.
    pub fn position(&self) -> AuditPosition {
        AuditPosition { at: self.at, id: self.id }
    }
}

/// The trail. Nothing changes or removes an event, but that one may be counted again and that old ones are purged.
#[async_trait]
pub trait AuditRepository: Send {
    /// Adds an event with a new id. It needs no account to be there.
    async fn append(&mut self, event: &AuditEvent) -> Result<(), StoreError>;

    /// Adds an event, or, if there is one with its id, adds its `times` to those of that one, which stays as it is
    /// otherwise. MUST count each of several calls at once.
    async fn count(&mut self, event: &AuditEvent) -> Result<(), StoreError>;

    /// The events of a filter, also those whose action this release does not know, newest first, those of one time by descending id; those after `after` in this order,
    /// `limit` at the most.
    async fn list(
        &mut self,
        filter: &AuditFilter,
        after: Option<AuditPosition>,
        limit: u64,
    ) -> Result<Vec<AuditEvent>, StoreError>;

    /// Removes the events at `until` or before, oldest first and `limit` at the most. Answers how many.
    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
