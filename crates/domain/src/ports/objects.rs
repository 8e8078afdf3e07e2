//! Where the bytes of pictures are kept.

use std::ops::Range;

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::Cause;
use crate::installation::InstallationId;
use crate::media::ObjectKey;

/// Why the object store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// It cannot be reached, or is overloaded.
    #[error("the object store is not available")]
    Unavailable(#[source] Cause),
    /// Anything else: no such bucket, wrong keys, a defect.
    #[error("the object store failed")]
    Unexpected(#[source] Cause),
}

/// Keeps objects under keys. What is under a key never changes; see [`ObjectKey`].
///
/// MUST keep whatever else lies in the same folder or bucket as it is, and out of every answer.
#[async_trait]
pub trait ObjectStore: Send + Sync {
    /// Keeps an object. It MUST be there whole or not at all, also for those who read meanwhile, and be
    /// durable when this answers.
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError>;

    /// The length of an object in bytes, if there is one.
    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError>;

    /// The bytes of an object, if there is one; with a range only those. The range MUST lie within the
    /// object and not be empty; another one is [`ObjectError::Unexpected`].
    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError>;

    /// Removes an object for good. One that is not there is no error.
    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError>;

    /// The keys of all objects that were put before a moment, each once, in any order. What is put or
    /// removed while one walks may be met or not.
    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk>;

    /// Whose pictures are kept here, as far as [`ObjectStore::claim`] was called. MUST fail, and not answer
    /// `None`, when there is a mark that cannot be read.
    async fn owner(&self) -> Result<Option<InstallationId>, ObjectError>;

    /// Marks this place as an installation's unless it is marked already, and answers whose it is. The mark
    /// MUST be no object that can be asked for by a key, and MUST be in no walk.
    ///
    /// Of two that call this at once one alone MUST be answered its own id, where the store can put an object
    /// only if there is none. Where it cannot, the caller that was answered its own id may see another's
    /// the next time.
    async fn claim(&self, installation: InstallationId) -> Result<InstallationId, ObjectError>;

    /// Removes what uploads that were cut off before a moment have left behind, and no walk meets.
    fn cut_off_before(&self, moment: OffsetDateTime) -> Box<dyn CutOffUploads>;

    /// Whether the store answers, for readiness checks. MUST fail when the folder or the bucket is gone.
    async fn ping(&self) -> Result<(), ObjectError>;
}

/// A walk over the keys of a store; see [`ObjectStore::put_before`].
#[async_trait]
pub trait ObjectWalk: Send {
    /// The next keys, at the most `limit` of them; none when all were met.
    async fn next(&mut self, limit: usize) -> Result<Vec<ObjectKey>, ObjectError>;
}

/// The remains of uploads; see [`ObjectStore::cut_off_before`].
#[async_trait]
pub trait CutOffUploads: Send {
    /// Looks at the next files, `limit` of them at the most, and answers how many it removed; `None` when it has
    /// seen all. One that cannot be removed is left.
    async fn remove_next(&mut self, limit: usize) -> Result<Option<u64>, ObjectError>;
}
