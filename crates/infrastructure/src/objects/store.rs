use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    Attribute, Attributes, Error, GetOptions, ObjectStore as Library, ObjectStoreExt as _, PutOptions,
    PutPayload,
};
use time::OffsetDateTime;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::{CutOffUploads, ObjectError, ObjectStore, ObjectWalk};

use super::cut_off::CutOff;
use super::errors::{found, object_error};
use super::mark;
use super::s3::{S3Settings, client};
use super::walk::Walk;
use crate::private_file;

/// The content under a key never changes.
const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// Objects in a folder or in a bucket.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn Library>,
    /// The folder, if the objects are in one.
    folder: Option<PathBuf>,
}

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
#[error("the object store cannot be used with these settings")]
pub struct ObjectsSetupError(#[source] Error);

impl Objects {
    /// In a folder, which has to be there.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Result<Self, ObjectsSetupError> {
        let folder = folder.into();
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(ObjectsSetupError)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder) })
    }

    /// Objects in a bucket. It connects with its first call.
    pub fn in_bucket(settings: &S3Settings<'_>) -> Result<Self, ObjectsSetupError> {
        let bucket = client(settings).map_err(ObjectsSetupError)?;
        let store: Arc<dyn Library> = match settings.prefix {
            "" => Arc::new(bucket),
            prefix => Arc::new(PrefixStore::new(bucket, prefix)),
        };
        Ok(Self { store, folder: None })
    }

    /// Takes the rights to a file from everybody but its owner, if the objects are files. The library makes files that
    /// everybody can read. If that cannot be changed, the object is stored all the same.
    async fn keep_private(&self, name: &str) {
        let Some(folder) = &self.folder else { return };
        let file = folder.join(name);
        let restricted = tokio::task::spawn_blocking(move || private_file::restrict(&file)).await;
        if let Ok(Err(error)) = restricted {
            tracing::debug!(error = &error as &dyn std::error::Error, "an object may be read by others");
        }
    }
}

#[async_trait]
impl ObjectStore for Objects {
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError> {
        // Files have no headers, and the library refuses to put them there.
        let options = if self.folder.is_some() { PutOptions::default() } else { headers(key).into() };
        self.store.put_opts(&path(key), PutPayload::from(bytes), options).await.map_err(object_error)?;
        self.keep_private(&key.to_string()).await;
        Ok(())
    }

    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError> {
        Ok(found(self.store.head(&path(key)).await)?.map(|object| object.size))
    }

    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError> {
        let wanted = range.as_ref().map(|range| range.end.saturating_sub(range.start));
        let options = GetOptions::new().with_range(range);
        let Some(object) = found(self.store.get_opts(&path(key), options).await)? else {
            return Ok(None);
        };
        let bytes = object.bytes().await.map_err(object_error)?;
        if wanted.is_some_and(|wanted| wanted != bytes.len() as u64) {
            return Err(ObjectError::Unexpected("the range is not within the object".into()));
        }
        Ok(Some(bytes.into()))
    }

    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        found(self.store.delete(&path(key)).await).map(|_| ())
    }

    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk> {
        Box::new(Walk::new(&*self.store, moment))
    }

    async fn owner(&self) -> Result<Option<InstallationId>, ObjectError> {
        mark::owner(&*self.store).await
    }

    async fn claim(&self, installation: InstallationId) -> Result<InstallationId, ObjectError> {
        let owner = mark::claim(&*self.store, self.folder.is_some(), installation).await?;
        if owner == installation {
            // Also the mark of an earlier time: a release before this one let others read it.
            self.keep_private(mark::NAME).await;
        }
        Ok(owner)
    }

    fn cut_off_before(&self, moment: OffsetDateTime) -> Box<dyn CutOffUploads> {
        Box::new(CutOff::new(self.folder.clone(), moment))
    }

    async fn ping(&self) -> Result<(), ObjectError> {
        if let Some(folder) = self.folder.clone() {
            let read = tokio::task::spawn_blocking(move || std::fs::read_dir(folder));
            return match read.await {
                Ok(read) => read.map(drop).map_err(unavailable),
                Err(error) => Err(ObjectError::Unavailable(error.into())),
            };
        }
        // The mark is read, because it is one small object, while a list could be long. A HEAD is not enough: its
        // answer does not tell a missing bucket from a missing object.
        found(self.store.get(&Path::from(mark::NAME)).await).map(drop)
    }
}

/// What a bucket tells to those who read from it directly, such as a CDN: the same as this server does.
fn headers(key: &ObjectKey) -> Attributes {
    Attributes::from_iter([
        (Attribute::ContentType, key.format().content_type()),
        (Attribute::CacheControl, CACHE_CONTROL),
    ])
}

fn unavailable(error: io::Error) -> ObjectError {
    ObjectError::Unavailable(error.into())
}

fn path(key: &ObjectKey) -> Path {
    Path::from(key.to_string())
}
