//! Removing for good, by an administrator and in time.

use vestibule_application::trash::{RemoveAccountError, RestoreAccountInput};
use vestibule_domain::accounts::AccountUuid;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;

use super::people::{admin, by, user};
use super::removals::{after, is_there, purged, remove, trash, with_picture};

#[tokio::test]
async fn only_what_is_in_the_trash_is_removed() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    for account in [ada.uuid, AccountUuid::NOBODY] {
        assert!(matches!(remove(&app, &root, account).await, Err(RemoveAccountError::NotInTrash)));
    }
    assert!(is_there(&app, &ada).await);
}

#[tokio::test]
async fn a_former_administrator_removes_nothing() {
    let app = UseCases::new();
    let (root, former) = (admin(&app, "root").await, admin(&app, "former").await);
    trash(&app, &root, former.uuid).await;
    assert!(matches!(remove(&app, &former, former.uuid).await, Err(RemoveAccountError::Forbidden)));
}

#[tokio::test]
async fn a_removal_that_is_cut_off_anywhere_is_finished_by_the_next_purge() {
    for call in 1.. {
        let app = UseCases::new();
        let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
        trash(&app, &root, ada.uuid).await;
        app.faults.fail_call(call, Fault::Unexpected);
        let removed = remove(&app, &root, ada.uuid).await;
        if removed.is_ok() {
            assert!(call > 5);
            return;
        }
        let input = RestoreAccountInput { administrator: by(&root), account: ada.uuid };
        let came_back = app.services.restore_account.execute(input).await.is_ok();
        assert_eq!(purged(&app, after(0)).await, u64::from(!came_back), "call {call}");
        assert_eq!(is_there(&app, &ada).await, came_back);
    }
}

#[tokio::test]
async fn the_pictures_of_an_account_go_with_it() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let key = with_picture(&app, &ada).await;
    assert!(app.deps.objects.length(&key).await.unwrap().is_some());
    trash(&app, &root, ada.uuid).await;
    remove(&app, &root, ada.uuid).await.unwrap();
    assert!(app.deps.objects.length(&key).await.unwrap().is_none());
}
