use std::sync::Arc;

use vestibule_domain::Cause;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::{IdGenerator, ObjectStore};
use vestibule_domain::store::Store;

use crate::Deps;

/// Removes a picture that was replaced or whose row was removed. Call it after the commit, never before.
pub struct RemovePicture {
    store: Arc<dyn Store>,
    objects: Arc<dyn ObjectStore>,
    ids: Arc<dyn IdGenerator>,
}

impl RemovePicture {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), objects: deps.objects.clone(), ids: deps.ids.clone() }
    }

    /// Removes the picture, unless a row still refers to it. Pictures in a place with another installation's mark
    /// stay as well, because a copy of that installation's database refers to them.
    ///
    /// It never fails, because the change that it follows is committed already. The sweep removes a picture that this
    /// leaves behind.
    pub async fn execute(&self, key: ObjectKey) {
        if let Err(error) = self.remove(key).await {
            tracing::warn!(error = &*error as &dyn std::error::Error, "a picture was left for the sweep");
        }
    }

    async fn remove(&self, key: ObjectKey) -> Result<(), Cause> {
        let used = self.store.repositories().pictures().in_use(&[key]).await?;
        if used.contains(&key) {
            return Ok(());
        }
        if let Some(owner) = self.objects.owner().await? {
            let candidate = InstallationId(self.ids.random());
            let own = self.store.repositories().installation().settle(candidate).await?;
            if own != owner {
                return Err(format!("the pictures are those of another installation, {owner}").into());
            }
        }
        self.objects.delete(&key).await?;
        Ok(())
    }
}
