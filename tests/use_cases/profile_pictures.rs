//! Pictures of profiles: each takes the place of the last one.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::Actor;
use vestibule_application::accounts::{OwnerOrAdministrator, SetProfilePictureError, SetProfilePictureInput};
use vestibule_application::trash::TrashAccountInput;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::Fault;
use vestibule_infrastructure::system::SystemClock;
use vestibule_use_case_tests::{PICTURE, UseCases};

on_stores![
    a_new_picture_takes_the_place_of_the_old_one_which_is_removed,
    who_is_in_the_trash_gets_no_picture_and_keeps_the_old_one,
];

const ADA: &str = "ada@example.com";

async fn signed_in(app: &UseCases) -> Actor {
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    app.actor(&session.access_token).await.unwrap()
}

async fn set(app: &UseCases, actor: Actor) -> Result<ObjectKey, SetProfilePictureError> {
    let input = SetProfilePictureInput { actor, upload: PICTURE.to_vec() };
    app.services.set_profile_picture.execute(input).await
}

async fn picture_of(app: &UseCases, actor: Actor) -> Option<ObjectKey> {
    app.deps.store.repositories().profiles().of(actor.account).await.unwrap().picture
}

/// All pictures that are stored.
async fn stored(app: &UseCases) -> Vec<ObjectKey> {
    let later = SystemClock.now() + Duration::from_hours(1);
    app.deps.objects.put_before(later).next(100).await.unwrap()
}

async fn a_new_picture_takes_the_place_of_the_old_one_which_is_removed(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let ada = signed_in(&app).await;
    for _ in 0..3 {
        let key = set(&app, ada).await.unwrap();
        assert_eq!(picture_of(&app, ada).await, Some(key));
        assert_eq!(stored(&app).await, [key]);
    }
}

async fn who_is_in_the_trash_gets_no_picture_and_keeps_the_old_one(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let ada = signed_in(&app).await;
    let key = set(&app, ada).await.unwrap();
    let who = OwnerOrAdministrator::of(&ada, ada.uuid).unwrap();
    app.services.trash_account.execute(TrashAccountInput { who, reason: String::new() }).await.unwrap();
    let refused = set(&app, ada).await.unwrap_err();
    assert!(matches!(refused, SetProfilePictureError::NotFound), "{refused:?}");
    assert_eq!(picture_of(&app, ada).await, Some(key));
    assert_eq!(stored(&app).await, [key]);
}

#[tokio::test]
async fn what_is_no_picture_changes_nothing() {
    let app = UseCases::new();
    let ada = signed_in(&app).await;
    let key = set(&app, ada).await.unwrap();
    let input = SetProfilePictureInput { actor: ada, upload: b"<svg/>".to_vec() };
    let refused = app.services.set_profile_picture.execute(input).await.unwrap_err();
    assert!(matches!(refused, SetProfilePictureError::Picture(_)), "{refused:?}");
    assert_eq!((picture_of(&app, ada).await, stored(&app).await), (Some(key), vec![key]));
}

#[tokio::test]
async fn the_old_picture_stays_where_the_commit_failed() {
    let app = UseCases::new();
    let ada = signed_in(&app).await;
    let key = set(&app, ada).await.unwrap();
    app.faults.fail_commit(Fault::Unavailable);
    set(&app, ada).await.unwrap_err();
    assert_eq!(picture_of(&app, ada).await, Some(key));
    assert!(stored(&app).await.contains(&key));
}
