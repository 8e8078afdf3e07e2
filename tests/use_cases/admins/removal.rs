//! Removing for good, by an administrator and in time.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::Actor;
use vestibule_application::contacts::{CreateContactInput, SetContactAvatarInput};
use vestibule_application::maintenance::Purged;
use vestibule_application::policy::Retention;
use vestibule_application::trash::{
    RemoveAccountError, RemoveAccountInput, RestoreAccountInput, TrashAccountInput,
};
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::contacts::{Avatar, ContactFacts, Text};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{PICTURE, UseCases, contract};

use super::people::{admin, by, email, on, over, signed_up, user};

contract!(store on [memory, sqlite, postgres, mariadb]: [
    an_account_that_is_removed_leaves_its_address_and_name_free,
    an_account_goes_when_its_time_in_the_trash_is_over,
]);

const DAY: Duration = Duration::from_hours(24);

fn after(days: u32) -> Retention {
    Retention {
        unactivated_accounts: None,
        parked_messages: None,
        trashed_accounts: (days > 0).then_some(DAY * days),
    }
}

async fn trash(app: &UseCases, actor: &Actor, target: AccountUuid) {
    let input = TrashAccountInput { who: over(actor, target), reason: String::new() };
    app.services.trash_account.execute(input).await.unwrap();
}

async fn remove(app: &UseCases, actor: &Actor, account: AccountUuid) -> Result<(), RemoveAccountError> {
    let input = RemoveAccountInput { administrator: by(actor), account };
    app.services.remove_account.execute(input).await
}

async fn is_there(app: &UseCases, actor: &Actor) -> bool {
    app.deps.store.repositories().accounts().by_id(actor.account).await.unwrap().is_some()
}

async fn purged(app: &UseCases, retention: Retention) -> u64 {
    let Purged { trashed_accounts, .. } =
        app.services.purge_expired.execute_while(retention, || true).await.unwrap();
    trashed_accounts
}

async fn an_account_that_is_removed_leaves_its_address_and_name_free(store: Arc<dyn Store>) {
    let app = on(store);
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    trash(&app, &root, ada.uuid).await;
    remove(&app, &root, ada.uuid).await.unwrap();
    assert!(!is_there(&app, &ada).await);
    signed_up(&app, "ada").await;
    app.log_in(&email("ada")).await;
}

async fn an_account_goes_when_its_time_in_the_trash_is_over(store: Arc<dyn Store>) {
    let app = on(store);
    let (root, ada, eva) = (admin(&app, "root").await, user(&app, "ada").await, user(&app, "eva").await);
    trash(&app, &root, ada.uuid).await;
    app.clock.advance(29 * DAY);
    trash(&app, &root, eva.uuid).await;
    assert_eq!(purged(&app, after(30)).await, 0);
    app.clock.advance(DAY);
    assert_eq!(purged(&app, after(0)).await, 0);
    assert_eq!(purged(&app, after(30)).await, 1);
    assert!(!is_there(&app, &ada).await && is_there(&app, &eva).await);
}

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

/// A contact with an uploaded picture, whose key this is.
pub(super) async fn with_picture(app: &UseCases, actor: &Actor) -> ObjectKey {
    let facts = ContactFacts {
        fullname: Text::parse("Grace Hopper").unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    let avatar = Avatar { url: Text::parse("https://example.com/a.png").unwrap(), object: None };
    let input = CreateContactInput { actor: *actor, facts, avatar };
    let contact = app.services.create_contact.execute(input).await.unwrap();
    let url_of = |key: &ObjectKey| format!("https://example.com/{key}");
    let input =
        SetContactAvatarInput { actor: *actor, id: contact.id, upload: PICTURE.to_vec(), url_of: &url_of };
    let contact = app.services.set_contact_avatar.execute(input).await.unwrap();
    contact.avatar.and_then(|avatar| avatar.object).expect("a picture")
}
