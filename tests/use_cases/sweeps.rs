//! Pictures that nothing refers to: which are removed, and when none is.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use std::ops::Range;
use time::OffsetDateTime;
use vestibule_application::media::StorePictureInput;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::ports::{ObjectError, ObjectStore, ObjectWalk};
use vestibule_infrastructure::objects::Objects;
use vestibule_infrastructure::system::SystemClock;
use vestibule_tests::{PICTURE, UseCases};

struct Stubborn(Objects);

#[async_trait]
impl ObjectStore for Stubborn {
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError> {
        self.0.put(key, bytes).await
    }
    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError> {
        self.0.length(key).await
    }
    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError> {
        self.0.get(key, range).await
    }
    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        if key.name().as_u128() % 3 == 0 {
            return Err(ObjectError::Unavailable("no".into()));
        }
        self.0.delete(key).await
    }
    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk> {
        self.0.put_before(moment)
    }
    async fn ping(&self) -> Result<(), ObjectError> {
        self.0.ping().await
    }
}

async fn stored(app: &UseCases) -> ObjectKey {
    let input = StorePictureInput {
        folder: MediaFolder::Profiles,
        size: PictureSize::AVATAR,
        upload: PICTURE.to_vec(),
    };
    app.services.store_picture.execute(input).await.unwrap()
}

#[tokio::test]
async fn another_database_at_the_same_pictures_removes_none() {
    let objects = Arc::new(Objects::in_memory());
    let one = UseCases::with(|deps| deps.objects = objects.clone());
    let other = UseCases::with(|deps| deps.objects = objects.clone());
    let key = stored(&one).await;
    let behind: Duration = (SystemClock.now() - other.clock.now()).try_into().unwrap();
    other.clock.advance(behind + Duration::from_hours(2));
    other.services.sweep_orphans.execute_while(|| true).await.unwrap();
    assert!(objects.length(&key).await.unwrap().is_some());
}

#[tokio::test]
async fn one_that_cannot_be_removed_keeps_no_other() {
    let app = UseCases::with(|deps| deps.objects = Arc::new(Stubborn(Objects::in_memory())));
    for _ in 0..9 {
        stored(&app).await;
    }
    let behind: Duration = (SystemClock.now() - app.clock.now()).try_into().unwrap();
    app.clock.advance(behind + Duration::from_hours(2));
    app.services.sweep_orphans.execute_while(|| true).await.unwrap();
}
