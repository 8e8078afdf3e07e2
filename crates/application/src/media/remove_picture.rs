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
        self.attempt(key).await;
    }

    /// Removes many pictures, one after the other. It stops at the first one that is left behind, because a place of
    /// pictures that does not answer would be waited for once for each of them, and before each one once `go_on`
    /// says no. The sweep removes the rest. Whether it came to the end.
    pub(crate) async fn execute_while(&self, keys: Vec<ObjectKey>, go_on: impl Fn() -> bool) -> bool {
        for key in keys {
            if !go_on() || !self.attempt(key).await {
                return false;
            }
        }
        true
    }

    /// Whether nothing was left behind.
    async fn attempt(&self, key: ObjectKey) -> bool {
        let removed = self.remove(key).await;
        if let Err(error) = &removed {
            tracing::warn!(error = &**error as &dyn std::error::Error, "a picture was left for the sweep");
        }
        removed.is_ok()
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
