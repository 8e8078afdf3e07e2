//! The bytes of pictures.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::{Clock, CutOffUploads, ObjectError, ObjectStore, ObjectWalk};

/// Objects in this process: they are gone when it stops.
pub struct MemoryObjects {
    kept: Mutex<Kept>,
    clock: Arc<dyn Clock>,
}

#[derive(Default)]
struct Kept {
    objects: BTreeMap<ObjectKey, Object>,
    owner: Option<InstallationId>,
}

struct Object {
    bytes: Vec<u8>,
    put_at: OffsetDateTime,
}

impl MemoryObjects {
    /// No objects. The clock tells when each is put.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { kept: Mutex::default(), clock }
    }

    /// Nothing that runs under the lock panics half-way, so a poisoned lock guards whole objects.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl ObjectStore for MemoryObjects {
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError> {
        let object = Object { bytes, put_at: self.clock.now() };
        self.kept().objects.insert(*key, object);
        Ok(())
    }

    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError> {
        Ok(self.kept().objects.get(key).map(|object| object.bytes.len() as u64))
    }

    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError> {
        let kept = self.kept();
        let Some(object) = kept.objects.get(key) else { return Ok(None) };
        match range {
            None => Ok(Some(object.bytes.clone())),
            Some(range) => part(&object.bytes, &range).map(|part| Some(part.to_vec())),
        }
    }

    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        self.kept().objects.remove(key);
        Ok(())
    }

    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk> {
        let kept = self.kept();
        let earlier = kept.objects.iter().filter(|(_, object)| object.put_at < moment);
        let keys: Vec<ObjectKey> = earlier.map(|(key, _)| *key).collect();
        Box::new(Walk(keys.into_iter()))
    }

    async fn owner(&self) -> Result<Option<InstallationId>, ObjectError> {
        Ok(self.kept().owner)
    }

    async fn claim(&self, installation: InstallationId) -> Result<InstallationId, ObjectError> {
        Ok(*self.kept().owner.get_or_insert(installation))
    }

    fn cut_off_before(&self, _: OffsetDateTime) -> Box<dyn CutOffUploads> {
        Box::new(NothingCutOff)
    }

    async fn ping(&self) -> Result<(), ObjectError> {
        Ok(())
    }
}

/// The bytes of a range, which has to lie within the object and not be empty.
fn part<'a>(bytes: &'a [u8], range: &Range<u64>) -> Result<&'a [u8], ObjectError> {
    let bounds = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
    bounds
        .and_then(|(start, end)| bytes.get(start..end))
        .filter(|part| !part.is_empty())
        .ok_or_else(|| ObjectError::Unexpected("the range is not within the object".into()))
}

/// The keys that were there when the walk began.
struct Walk(vec::IntoIter<ObjectKey>);

#[async_trait]
impl ObjectWalk for Walk {
    async fn next(&mut self, limit: usize) -> Result<Vec<ObjectKey>, ObjectError> {
        Ok(self.0.by_ref().take(limit).collect())
    }
}

/// An object is put in one step, so an upload that is cut off leaves nothing.
struct NothingCutOff;

#[async_trait]
impl CutOffUploads for NothingCutOff {
    async fn remove_next(&mut self, _: usize) -> Result<Option<u64>, ObjectError> {
        Ok(None)
    }
}
