use async_trait::async_trait;
use futures::stream::BoxStream;
use futures::{StreamExt as _, TryStreamExt as _};
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore};
use time::OffsetDateTime;
use vestibule_domain::media::{MediaFolder, ObjectKey};
use vestibule_domain::ports::{ObjectError, ObjectWalk};

use super::errors::object_error;

/// A walk over the folders of pictures, one after the other.
pub(super) struct Walk {
    objects: BoxStream<'static, object_store::Result<ObjectMeta>>,
    before: OffsetDateTime,
}

impl Walk {
    pub(super) fn new(store: &dyn ObjectStore, before: OffsetDateTime) -> Self {
        let folders = MediaFolder::ALL.map(|folder| store.list(Some(&Path::from(folder.as_str()))));
        Self { objects: futures::stream::iter(folders).flatten().boxed(), before }
    }

    /// The key of an object, if it is one of ours and old enough.
    fn wanted(&self, object: &ObjectMeta) -> Option<ObjectKey> {
        let put = object.last_modified.timestamp();
        let is_before = put < self.before.unix_timestamp();
        ObjectKey::parse(object.location.as_ref()).ok().filter(|_| is_before)
    }
}

#[async_trait]
impl ObjectWalk for Walk {
    async fn next(&mut self, limit: usize) -> Result<Vec<ObjectKey>, ObjectError> {
        let mut keys = Vec::new();
        while keys.len() < limit
            && let Some(object) = self.objects.try_next().await.map_err(object_error)?
        {
            keys.extend(self.wanted(&object));
        }
        Ok(keys)
    }
}
