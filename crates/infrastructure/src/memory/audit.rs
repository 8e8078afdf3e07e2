//! The trail of what was done to accounts.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditPosition, AuditRepository};
use vestibule_domain::store::{Constraint, StoreError};

use super::row::Row;
use super::scope::{Access, MemoryScope};
use super::tables::{EARLIEST, LATEST};

/// An event.
#[derive(Clone)]
pub(super) struct AuditRow(AuditEvent);

/// What events are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AuditEntry {
    Time(OffsetDateTime, Uuid),
    Account(Uuid, OffsetDateTime, Uuid),
    Action(AuditAction, OffsetDateTime, Uuid),
}

impl AuditEntry {
    /// The order that serves a filter.
    fn of(filter: &AuditFilter, at: OffsetDateTime, id: Uuid) -> Self {
        match (filter.account, filter.action) {
            (Some(account), _) => Self::Account(account.0, at, id),
            (None, Some(action)) => Self::Action(action, at, id),
            (None, None) => Self::Time(at, id),
        }
    }

    fn range(filter: &AuditFilter) -> RangeInclusive<Self> {
        let since = filter.since.unwrap_or(EARLIEST);
        Self::of(filter, since, Uuid::nil())..=Self::of(filter, LATEST, Uuid::max())
    }
}

impl Row for AuditRow {
    type Key = Uuid;
    type Entry = AuditEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Uuid {
        self.0.id.0
    }

    fn entries(&self) -> Vec<(AuditEntry, Option<Constraint>)> {
        let AuditEvent { id, at, account, action, .. } = &self.0;
        let account = account.map(|account| (AuditEntry::Account(account.0, *at, id.0), None));
        let others = [AuditEntry::Time(*at, id.0), AuditEntry::Action(*action, *at, id.0)];
        others.map(|entry| (entry, None)).into_iter().chain(account).collect()
    }
}

#[async_trait]
impl<A: Access> AuditRepository for MemoryScope<A> {
    async fn append(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        self.0.write(|tables| tables.audit.insert(AuditRow(event.clone()))).await
    }

    async fn count(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                let counted = tables.audit.update(event.id.0, |row| {
                    row.0.times = row.0.times.saturating_add(event.times);
                    true
                })?;
                if counted { Ok(()) } else { tables.audit.insert(AuditRow(event.clone())) }
            })
            .await
    }

    async fn list(
        &mut self,
        filter: &AuditFilter,
        after: Option<AuditPosition>,
        limit: u64,
    ) -> Result<Vec<AuditEvent>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let is_wanted = |event: &AuditEvent| {
            filter.action.is_none_or(|action| event.action == action)
                && after.is_none_or(|after| (event.at, event.id) < (after.at, after.id))
        };
        self.0.read(|tables| {
            let newest_first = tables.audit.range(AuditEntry::range(filter)).rev().map(|row| &row.0);
            newest_first.filter(|event| is_wanted(event)).take(limit).cloned().collect()
        })
    }

    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let old = AuditEntry::Time(EARLIEST, Uuid::nil())..=AuditEntry::Time(until, Uuid::max());
        self.0.write(|tables| Ok(tables.audit.remove_range(old, limit, |_| true).len() as u64)).await
    }
}
