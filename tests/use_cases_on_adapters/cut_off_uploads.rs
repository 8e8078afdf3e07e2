//! What uploads to a folder have left.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::media::{StorePictureInput, SweepEnd, SweepPolicy, Swept};
use vestibule_domain::media::{MediaFolder, PictureSize};
use vestibule_domain::ports::Clock as _;
use vestibule_infrastructure::objects::Objects;
use vestibule_infrastructure::system::SystemClock;
use vestibule_use_case_tests::{PICTURE, UseCases};

const POLICY: SweepPolicy = SweepPolicy { removes: true, percent: 20 };

async fn swept(app: &UseCases) -> Swept {
    app.services.sweep_orphans.execute_while(POLICY, || true).await.unwrap()
}

#[tokio::test]
async fn what_an_upload_left_that_was_cut_off_is_swept_up() {
    let folder = tempfile::tempdir().unwrap();
    let objects = Arc::new(Objects::in_folder(folder.path()).unwrap());
    let app = UseCases::with(|deps| deps.objects = objects);
    let behind = SystemClock.now() - app.clock.now();
    app.clock.advance(behind.try_into().unwrap());
    swept(&app).await;
    let input = StorePictureInput {
        folder: MediaFolder::Profiles,
        size: PictureSize::AVATAR,
        upload: PICTURE.to_vec(),
    };
    let key = app.services.store_picture.execute(input).await.unwrap();
    let left = folder.path().join(format!("{key}#1"));
    std::fs::write(&left, "half a picture").unwrap();
    // Not before somebody could have read what there is to say.
    app.clock.advance(Duration::from_mins(50));
    assert_eq!((swept(&app).await.cut_off, left.exists()), (0, true));
    app.clock.advance(Duration::from_hours(2));
    // It hangs on no row: nothing is known of the picture itself.
    let swept = swept(&app).await;
    assert_eq!((swept.end, swept.cut_off), (SweepEnd::NothingReferenced, 1));
    assert!(!left.exists() && app.deps.objects.length(&key).await.unwrap().is_some());
}
