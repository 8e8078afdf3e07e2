use std::collections::HashSet;

use async_trait::async_trait;
use vestibule_domain::media::{ObjectKey, PictureReferences};
use vestibule_domain::store::StoreError;

use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> PictureReferences for MemoryScope<A> {
    async fn in_use(&mut self, keys: &[ObjectKey]) -> Result<HashSet<ObjectKey>, StoreError> {
        self.0.read(|tables| {
            keys.iter()
                .copied()
                .filter(|key| tables.shows_contact(*key) || tables.shows_profile(*key))
                .collect()
        })
    }
}
