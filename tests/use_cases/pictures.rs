//! Pictures: kept, replaced, swept up.

use std::time::Duration;

use vestibule_application::media::{StorePictureError, StorePictureInput, SweepPolicy};
use vestibule_application::{CodedError as _, codes};
use vestibule_domain::media::{BadPicture, MediaFolder, ObjectKey, PictureFormat, PictureSize};
use vestibule_domain::ports::Clock as _;
use vestibule_infrastructure::faulty::Fault;
use vestibule_infrastructure::system::SystemClock;
use vestibule_use_case_tests::{PICTURE, UseCases};

fn upload(bytes: &[u8]) -> StorePictureInput {
    StorePictureInput { folder: MediaFolder::Profiles, size: PictureSize::AVATAR, upload: bytes.to_vec() }
}

async fn stored(app: &UseCases) -> ObjectKey {
    app.services.store_picture.execute(upload(PICTURE)).await.unwrap()
}

async fn is_there(app: &UseCases, key: &ObjectKey) -> bool {
    app.deps.objects.length(key).await.unwrap().is_some()
}

/// Lets the clock, which stands at a fixed moment, tell the time of the objects and `more`.
fn let_pass(app: &UseCases, more: Duration) {
    let behind = SystemClock.now() - app.clock.now();
    app.clock.advance(behind.try_into().unwrap());
    app.clock.advance(more);
}

const POLICY: SweepPolicy = SweepPolicy { removes: true, percent: 20 };

/// How many pictures a sweep removes.
async fn sweep(app: &UseCases) -> u64 {
    app.services.sweep_orphans.execute_while(POLICY, || true).await.unwrap().removed
}

const LONG: Duration = Duration::from_hours(2);

#[tokio::test]
async fn a_picture_is_kept_under_a_key_of_its_own_each_time() {
    let app = UseCases::new();
    let (one, other) = (stored(&app).await, stored(&app).await);
    assert_ne!(one, other);
    for key in [one, other] {
        assert_eq!((key.folder(), key.format()), (MediaFolder::Profiles, PictureFormat::Jpeg));
        let bytes = app.services.show_picture.bytes(key, None).await.unwrap();
        assert_eq!(bytes.len() as u64, app.services.show_picture.length(key).await.unwrap());
        assert_eq!(bytes[..3], [0xff, 0xd8, 0xff]);
    }
}

#[tokio::test]
async fn an_upload_that_is_no_picture_leaves_nothing() {
    let app = UseCases::new();
    for (bytes, bad, code) in [
        (&b"<svg onload='alert(1)'/>"[..], BadPicture::NotAPicture, codes::NOT_A_PICTURE),
        (&b""[..], BadPicture::NotAPicture, codes::NOT_A_PICTURE),
        (&PICTURE[..40], BadPicture::Broken, codes::PICTURE_BROKEN),
    ] {
        let error = app.services.store_picture.execute(upload(bytes)).await.unwrap_err();
        assert_eq!(error.code(), code);
        assert!(matches!(error, StorePictureError::Bad(one) if one == bad));
    }
    let_pass(&app, LONG);
    assert_eq!(sweep(&app).await, 0);
}

#[tokio::test]
async fn a_picture_that_was_replaced_is_removed() {
    let app = UseCases::new();
    let (old, new) = (stored(&app).await, stored(&app).await);
    app.services.remove_picture.execute(old).await;
    assert!(!is_there(&app, &old).await && is_there(&app, &new).await);
}

#[tokio::test]
async fn a_picture_stays_where_the_store_does_not_say_whose_it_is() {
    let app = UseCases::new();
    let key = stored(&app).await;
    app.faults.fail_everything(Fault::Unavailable);
    app.services.remove_picture.execute(key).await;
    let_pass(&app, LONG);
    assert!(app.services.sweep_orphans.execute_while(POLICY, || true).await.is_err());
    assert!(is_there(&app, &key).await);
}
