use std::collections::HashSet;

use async_trait::async_trait;
use vestibule_domain::media::{ObjectKey, PictureReferences};
use vestibule_domain::store::StoreError;

use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> PictureReferences for MemoryScope<A> {
    async fn in_use(&mut self, _keys: &[ObjectKey]) -> Result<HashSet<ObjectKey>, StoreError> {
        // No table of this store has a column of pictures yet.
        self.0.read(|_tables| HashSet::new())
    }
}
