//! Pictures of profiles, of which only databases know.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;
use vestibule_application::media::{StorePictureInput, SweepPolicy};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::ports::Clock as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_infrastructure::system::SystemClock;
use vestibule_use_case_tests::{PICTURE, UseCases};

async fn stored(app: &UseCases) -> ObjectKey {
    let (folder, size) = (MediaFolder::Profiles, PictureSize::AVATAR);
    let input = StorePictureInput { folder, size, upload: PICTURE.to_vec() };
    app.services.store_picture.execute(input).await.unwrap()
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

/// Use cases on SQLite, where an account has the picture of this key.
async fn with_profile() -> (UseCases, ObjectKey, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
    let store = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let app = UseCases::with(|deps| deps.store = Arc::new(store.clone()));
    let account = app.registered("ada@example.com").await;
    let key = stored(&app).await;
    let row = format!("INSERT INTO user_profiles (user_id, avatar) VALUES ({}, '{key}')", account.0);
    store.connection().execute_unprepared(&row).await.unwrap();
    (app, key, folder)
}

#[tokio::test]
async fn a_picture_that_somebody_still_has_is_not_removed() {
    let (app, key, _folder) = with_profile().await;
    app.services.remove_picture.execute(key).await;
    assert!(is_there(&app, &key).await);
}

#[tokio::test]
async fn what_nothing_refers_to_is_swept_up_after_an_hour() {
    let (app, used, _folder) = with_profile().await;
    let orphan = stored(&app).await;
    let_pass(&app, Duration::from_mins(50));
    assert_eq!(sweep(&app).await, 0);
    assert!(is_there(&app, &orphan).await);
    app.clock.advance(LONG);
    assert_eq!(app.services.sweep_orphans.execute_while(POLICY, || false).await.unwrap().removed, 0);
    assert_eq!(sweep(&app).await, 1);
    assert!(!is_there(&app, &orphan).await && is_there(&app, &used).await);
    assert_eq!(sweep(&app).await, 0);
}
