//! Where the bytes of pictures are kept.

use std::ops::Range;

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::Cause;
use crate::installation::InstallationId;
use crate::media::ObjectKey;

/// Why a call of the object store failed.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The object store cannot be reached, or is overloaded.
    #[error("the object store is not available")]
    Unavailable(#[source] Cause),
    /// Any other failure: a bucket that does not exist, wrong keys, a defect.
    #[error("the object store failed")]
    Unexpected(#[source] Cause),
}

/// Keeps objects under keys. The content under a key never changes; see [`ObjectKey`].
///
/// Other files may lie in the same folder or bucket. They MUST stay untouched and MUST NOT appear in any answer.
#[async_trait]
pub trait ObjectStore: Send + Sync {
    /// Stores an object. Readers MUST see the whole object or none. The object MUST be durable when this answers.
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError>;

    /// The length of an object in bytes. `None` if there is no such object.
    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError>;

    /// The bytes of an object, or those in `range`. `None` if there is no such object. The range MUST lie within the
    /// object and not be empty; otherwise the answer is [`ObjectError::Unexpected`].
    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError>;

    /// Removes an object for good. It is no error if the object does not exist.
    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError>;

    /// The keys of all objects that were put before a moment, each once, in any order. Objects that are put or
    /// removed during the walk may or may not appear.
    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk>;

    /// The installation that marked this place by [`ObjectStore::claim`]. `None` if there is no mark. MUST fail when
    /// there is a mark that cannot be read.
    async fn owner(&self) -> Result<Option<InstallationId>, ObjectError>;

    /// Marks this place as belonging to an installation, unless it has a mark, and answers whose mark it has now. No
    /// key MUST name the mark, and no walk MUST meet it.
    ///
    /// If the store supports "put only if absent", then of two callers at once only one MUST be answered its own id.
    /// Otherwise both may be answered their own id, and the next look shows whose mark stayed.
    async fn claim(&self, installation: InstallationId) -> Result<InstallationId, ObjectError>;

    /// Removes the remains of uploads that were cut off before a moment. [`ObjectStore::put_before`] does not list
    /// them.
    fn cut_off_before(&self, moment: OffsetDateTime) -> Box<dyn CutOffUploads>;

    /// Whether the store answers, for readiness checks. MUST fail when the folder or the bucket is gone.
    async fn ping(&self) -> Result<(), ObjectError>;
}

/// A walk over the keys of a store, as [`ObjectStore::put_before`] gives it.
#[async_trait]
pub trait ObjectWalk: Send {
    /// Up to `limit` more keys. An empty answer ends the walk.
    async fn next(&mut self, limit: usize) -> Result<Vec<ObjectKey>, ObjectError>;
}

/// A walk over the remains of uploads, as [`ObjectStore::cut_off_before`] gives it.
#[async_trait]
pub trait CutOffUploads: Send {
    /// Looks at up to `limit` more files, and answers how many of them it removed. `None` ends the walk. A file that
    /// cannot be removed stays.
    async fn remove_next(&mut self, limit: usize) -> Result<Option<u64>, ObjectError>;
}
