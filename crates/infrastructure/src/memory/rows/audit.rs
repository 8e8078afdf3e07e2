//! Rows of the table: the trail of what was done to accounts.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::audit::{AuditEvent, AuditFilter, RecordedAction};
use vestibule_domain::store::Constraint;

use super::super::row::Row;
use super::super::row::{EARLIEST, LATEST};

/// An event.
#[derive(Clone)]
pub(in crate::memory) struct AuditRow(pub(in crate::memory) AuditEvent);

/// What events are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum AuditEntry {
    Time(OffsetDateTime, Uuid),
    Account(Uuid, OffsetDateTime, Uuid),
    Action(RecordedAction, OffsetDateTime, Uuid),
}

impl AuditEntry {
    /// The order that serves a filter.
    pub(in crate::memory) fn of(filter: &AuditFilter, at: OffsetDateTime, id: Uuid) -> Self {
        match (filter.account, filter.action) {
            (Some(account), _) => Self::Account(account.0, at, id),
            (None, Some(action)) => Self::Action(action.into(), at, id),
            (None, None) => Self::Time(at, id),
        }
    }

    pub(in crate::memory) fn range(filter: &AuditFilter) -> RangeInclusive<Self> {
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
        let others = [AuditEntry::Time(*at, id.0), AuditEntry::Action(action.clone(), *at, id.0)];
        others.map(|entry| (entry, None)).into_iter().chain(account).collect()
    }
}
