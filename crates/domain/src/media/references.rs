use std::collections::HashSet;

use async_trait::async_trait;

use super::ObjectKey;
use crate::store::StoreError;

/// Tells which pictures a row still refers to.
#[async_trait]
pub trait PictureReferences: Send {
    /// Those of the keys that any row refers to. MUST look into every column that holds keys, because pictures that
    /// are not in the answer are deleted for good.
    async fn in_use(&mut self, keys: &[ObjectKey]) -> Result<HashSet<ObjectKey>, StoreError>;
}
