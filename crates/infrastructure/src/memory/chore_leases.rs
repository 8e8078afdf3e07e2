//! Leases on chores.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::maintenance::{Chore, ChoreLeaseRepository};
use vestibule_domain::messages::InstanceId;
use vestibule_domain::store::StoreError;

use super::rows::chore_leases::ChoreLeaseRow;
use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> ChoreLeaseRepository for MemoryScope<A> {
    async fn take(
        &mut self,
        chore: Chore,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let held = tables.chore_leases.get(chore);
                if held.is_some_and(|held| held.holder != holder && held.until > now) {
                    return Ok(false);
                }
                tables.chore_leases.put(ChoreLeaseRow { chore, holder, until })?;
                Ok(true)
            })
            .await
    }

    async fn end(&mut self, chore: Chore, holder: InstanceId) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let has_it = tables.chore_leases.get(chore).is_some_and(|held| held.holder == holder);
                Ok(has_it && tables.chore_leases.remove(chore))
            })
            .await
    }

    async fn end_all_of(&mut self, holder: InstanceId) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                let held = tables.chore_leases.by_key(..).filter(|held| held.holder == holder);
                let held: Vec<_> = held.map(|held| held.chore).collect();
                for chore in &held {
                    tables.chore_leases.remove(*chore);
                }
                Ok(held.len() as u64)
            })
            .await
    }
}
