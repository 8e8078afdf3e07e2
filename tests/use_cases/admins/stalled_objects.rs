//! Removing while the place of pictures does not answer.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::{CutOffUploads, ObjectError, ObjectStore, ObjectWalk};
use vestibule_infrastructure::memory::MemoryObjects;
use vestibule_infrastructure::system::SystemClock;
use vestibule_use_case_tests::UseCases;

use super::people::{admin, user};
use super::removals::{after, is_there, purged, remove, trash, with_picture};

/// Objects of which none can be removed while it is away.
struct Away {
    objects: MemoryObjects,
    is_silent: AtomicBool,
    /// How often somebody waited for it in vain.
    asked: AtomicU32,
}

#[async_trait]
impl ObjectStore for Away {
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError> {
        self.objects.put(key, bytes).await
    }

    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError> {
        self.objects.length(key).await
    }

    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError> {
        self.objects.get(key, range).await
    }

    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.is_silent.load(Ordering::Relaxed) {
            return Err(ObjectError::Unavailable("no answer".into()));
        }
        self.objects.delete(key).await
    }

    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk> {
        self.objects.put_before(moment)
    }

    async fn owner(&self) -> Result<Option<InstallationId>, ObjectError> {
        self.objects.owner().await
    }

    async fn claim(&self, installation: InstallationId) -> Result<InstallationId, ObjectError> {
        self.objects.claim(installation).await
    }

    fn cut_off_before(&self, moment: OffsetDateTime) -> Box<dyn CutOffUploads> {
        self.objects.cut_off_before(moment)
    }

    async fn ping(&self) -> Result<(), ObjectError> {
        self.objects.ping().await
    }
}

fn with(is_silent: bool) -> (UseCases, Arc<Away>) {
    let objects = Arc::new(Away {
        objects: MemoryObjects::new(Arc::new(SystemClock)),
        is_silent: is_silent.into(),
        asked: AtomicU32::new(0),
    });
    let app = UseCases::with(|deps| deps.objects = objects.clone());
    (app, objects)
}

#[tokio::test]
async fn a_removal_asks_a_place_of_pictures_that_does_not_answer_once_and_goes_on() {
    let (app, objects) = with(true);
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    for _ in 0..9 {
        with_picture(&app, &ada).await;
    }
    trash(&app, &root, ada.uuid).await;
    objects.asked.store(0, Ordering::Relaxed);
    remove(&app, &root, ada.uuid).await.unwrap();
    assert!(!is_there(&app, &ada).await);
    assert_eq!(objects.asked.load(Ordering::Relaxed), 1, "the rest is the sweep's");
}

#[tokio::test]
async fn a_purge_that_is_told_to_stop_removes_no_further_picture() {
    let (app, objects) = with(false);
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    for _ in 0..9 {
        with_picture(&app, &ada).await;
    }
    trash(&app, &root, ada.uuid).await;
    app.clock.advance(super::removals::DAY * 2);
    objects.asked.store(0, Ordering::Relaxed);
    let asked = objects.clone();
    let may_go_on = move || asked.asked.load(Ordering::Relaxed) == 0;
    app.services.purge_expired.execute_while(after(1), may_go_on).await.unwrap();
    assert_eq!(objects.asked.load(Ordering::Relaxed), 1);
    assert!(is_there(&app, &ada).await);
    assert_eq!(purged(&app, after(0)).await, 1);
}
