//! The index of contacts. The memory store searches the contacts themselves, so its index is always whole.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::contacts::{ContactIndex, Rebuilt};
use vestibule_domain::store::StoreError;

use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> ContactIndex for MemoryScope<A> {
    async fn rebuild_next(&mut self, _: u64, _: OffsetDateTime) -> Result<Rebuilt, StoreError> {
        Ok(Rebuilt { contacts: 0, is_whole: true })
    }

    async fn begin_anew(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
