use std::collections::HashSet;

use async_trait::async_trait;

use super::ObjectKey;
use crate::store::StoreError;

/// Which pictures belong to somebody.
#[async_trait]
pub trait PictureReferences: Send {
    /// Those of the keys that a row refers to. MUST look into every column that holds keys: what is not
    /// in the answer is removed for good.
    async fn in_use(&mut self, keys: &[ObjectKey]) -> Result<HashSet<ObjectKey>, StoreError>;
}
