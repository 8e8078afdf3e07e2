//! The trail of what was done to accounts.

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::audit::{AuditEvent, AuditFilter, AuditPosition, AuditRepository};
use vestibule_domain::store::StoreError;

use super::row::EARLIEST;
use super::rows::audit::{AuditEntry, AuditRow};
use super::scope::{Access, MemoryScope};

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
