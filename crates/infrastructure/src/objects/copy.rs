//! A copy of all pictures of one place into another.

use std::pin::pin;

use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use time::OffsetDateTime;
use time::macros::datetime;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::{ObjectError, ObjectStore};

/// How many keys are asked for at once.
const PART: usize = 500;

/// How many pictures are under way at once. Each is held in memory.
const AT_ONCE: usize = 8;

/// After every picture.
const EVER: OffsetDateTime = datetime!(9999-01-01 0:00 UTC);

/// Who is told how far a copy is.
pub trait ObjectCopyReport: Send + Sync {
    /// The copy begins.
    fn begins(&self);
    /// So many more pictures are in the other place.
    fn advances(&self, objects: u64);
}

/// What a copy did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CopiedObjects {
    /// Pictures that were added.
    pub added: u64,
    /// Pictures that were there already.
    pub here: u64,
}

/// Why a copy ended.
#[derive(Debug, thiserror::Error)]
pub enum ObjectCopyError {
    /// A place failed.
    #[error("the place of pictures failed")]
    Store(#[from] ObjectError),
    /// The pictures of the target are those of another installation.
    #[error("the target has the pictures of another installation")]
    AnotherInstallation,
    /// A picture is another one there.
    #[error("the picture {0} is another one in the target")]
    Differs(ObjectKey),
    /// Somebody asked to stop.
    #[error("stopped on request, between two pictures")]
    Stopped,
}

/// Copies every picture that the target does not have, reads it back, and marks the target as that of the same
/// installation. A key is used once, so a picture that is there with the same length is the same. Others in the target
/// stay. It may be done again, as after a copy that was cut off.
///
/// # Errors
/// If a place fails, or the target belongs to somebody else.
pub async fn copy_objects(
    source: &dyn ObjectStore,
    target: &dyn ObjectStore,
    stop: impl Future<Output = ()> + Send,
    report: &dyn ObjectCopyReport,
) -> Result<CopiedObjects, ObjectCopyError> {
    let mut stop = pin!(stop);
    let owner = source.owner().await?;
    if let Some(other) = target.owner().await?
        && owner != Some(other)
    {
        return Err(ObjectCopyError::AnotherInstallation);
    }
    report.begins();
    let mut copied = CopiedObjects::default();
    let mut walk = source.put_before(EVER);
    loop {
        let keys = walk.next(PART).await?;
        if keys.is_empty() {
            break;
        }
        if stop.as_mut().now_or_never().is_some() {
            return Err(ObjectCopyError::Stopped);
        }
        let mut running =
            futures::stream::iter(keys).map(|key| one(source, target, key)).buffer_unordered(AT_ONCE);
        while let Some(added) = running.try_next().await? {
            if added {
                copied.added += 1;
            } else {
                copied.here += 1;
            }
            report.advances(1);
        }
    }
    if let Some(owner) = owner
        && target.claim(owner).await? != owner
    {
        return Err(ObjectCopyError::AnotherInstallation);
    }
    Ok(copied)
}

/// Copies one picture. Answers whether it was not there.
async fn one(
    source: &dyn ObjectStore,
    target: &dyn ObjectStore,
    key: ObjectKey,
) -> Result<bool, ObjectCopyError> {
    let there = target.length(&key).await?;
    // Removed since it was listed.
    let Some(length) = source.length(&key).await? else { return Ok(false) };
    if let Some(there) = there {
        return if there == length { Ok(false) } else { Err(ObjectCopyError::Differs(key)) };
    }
    let Some(bytes) = source.get(&key, None).await? else { return Ok(false) };
    target.put(&key, bytes.clone()).await?;
    match target.get(&key, None).await? {
        Some(read) if read == bytes => Ok(true),
        _ => Err(ObjectCopyError::Differs(key)),
    }
}
