//! What is recorded of the use cases of the surface `admin`, and of removals.

use std::time::Duration;

use vestibule_application::Actor;
use vestibule_application::accounts::{
    Administrator, Appointer, EditAccountInput, OwnerOrAdministrator, SetProfilePictureInput, SignUpAs,
};
use vestibule_application::policy::Retention;
use vestibule_application::trash::{
    RemoveAccountInput, RestoreAccountInput, TrashAccountInput, TrashAccountsInput,
};
use vestibule_domain::accounts::{AccountUuid, Username};
use vestibule_domain::audit::AuditAction::{self, *};
use vestibule_domain::audit::AuditActor;
use vestibule_use_case_tests::use_cases::address;
use vestibule_use_case_tests::{PICTURE, UseCases};

use super::people::{admin, sign_up, user};
use super::watched::{NOTHING, Watched};
use super::{of_action, trail};

const DAY: Duration = Duration::from_hours(24);
const A_DAY_IN_THE_TRASH: Retention = Retention {
    unactivated_accounts: None,
    parked_messages: None,
    sent_messages: None,
    audit_events: None,
    trashed_accounts: Some(DAY),
};

pub(super) fn edit(actor: &Actor, email: Option<&str>, username: Option<&str>) -> EditAccountInput {
    EditAccountInput {
        who: OwnerOrAdministrator::of(actor, actor.uuid).unwrap(),
        email: email.map(address),
        username: username.map(|name| Username::parse_lowercase(name).unwrap()),
    }
}

pub(super) fn trash(actor: &Actor, target: AccountUuid, reason: &str) -> TrashAccountInput {
    TrashAccountInput { who: OwnerOrAdministrator::of(actor, target).unwrap(), reason: reason.to_owned() }
}

async fn details_of(app: &UseCases, action: AuditAction) -> Vec<String> {
    of_action(app, action).await.into_iter().filter_map(|event| event.details).collect()
}

#[tokio::test]
async fn each_change_of_an_account_by_an_administrator_or_its_owner_leaves_one_event() {
    let mut watched = Watched::new();
    let root = admin(&watched.app, "root").await;
    let ada = user(&watched.app, "ada").await;
    let bob = user(&watched.app, "bob").await;
    let by_root = Administrator::with_role(&root).unwrap();
    let (opened, joined) = ((LoggedIn, "account", true), (AccountRegistered, "anonymous", true));
    let expected = [(AdminCreated, "anonymous", true), opened, joined, opened, joined, opened];
    watched.recorded("three that sign up", &expected).await;
    let role = SignUpAs::Admin(Appointer::with_role(&root).unwrap());
    watched.app.services.sign_up.execute(sign_up("eva", role)).await.unwrap();
    watched.recorded("an administrator by another", &[(AdminCreated, "account", true)]).await;
    watched.app.services.sign_up.execute(sign_up("ada", SignUpAs::User)).await.unwrap_err();
    watched.recorded("a taken name", NOTHING).await;

    for expected in [&[(AccountEdited, "account", true)][..], NOTHING] {
        let input = edit(&ada, Some("a@example.com"), None);
        watched.app.services.edit_account.execute(input).await.unwrap();
        watched.recorded("an edit", expected).await;
    }
    let input = SetProfilePictureInput { actor: ada, upload: PICTURE.to_vec() };
    watched.app.services.set_profile_picture.execute(input).await.unwrap();
    watched.recorded("a picture", &[(AvatarSet, "account", true)]).await;

    watched.app.services.trash_account.execute(trash(&ada, ada.uuid, "")).await.unwrap();
    watched.recorded("one in the trash", &[(AccountTrashed, "account", true)]).await;
    watched.app.services.trash_account.execute(trash(&root, ada.uuid, "")).await.unwrap_err();
    watched.recorded("one that is there", NOTHING).await;
    let restore = RestoreAccountInput { administrator: by_root, account: ada.uuid };
    watched.app.services.restore_account.execute(restore).await.unwrap();
    watched.recorded("one that is back", &[(AccountRestored, "account", true)]).await;

    let each = (AccountTrashed, "account", true);
    for expected in [&[each, each][..], NOTHING] {
        let accounts = vec![bob.uuid, ada.uuid, bob.uuid];
        let input = TrashAccountsInput { administrator: by_root, accounts, reason: String::new() };
        watched.app.services.trash_accounts.execute(input).await.unwrap();
        watched.recorded("two in the trash", expected).await;
    }

    let remove = || RemoveAccountInput { administrator: by_root, account: ada.uuid };
    watched.app.services.remove_account.execute(remove()).await.unwrap();
    watched.recorded("a removal", &[(AccountRemoved, "account", true)]).await;
    watched.app.services.remove_account.execute(remove()).await.unwrap_err();
    watched.recorded("a removal of who is gone", NOTHING).await;
    for expected in [NOTHING, &[(AccountRemoved, "system", true)], NOTHING] {
        watched.app.services.purge_expired.execute_while(A_DAY_IN_THE_TRASH, || true).await.unwrap();
        watched.recorded("a purge", expected).await;
        watched.app.clock.advance(DAY);
    }
}

#[tokio::test]
async fn an_edit_tells_what_was_changed_and_no_value() {
    let app = UseCases::new();
    let ada = user(&app, "ada").await;
    for (email, name) in [(Some("a@example.com"), None), (Some("a@example.com"), Some("lovelace"))] {
        app.services.edit_account.execute(edit(&ada, email, name)).await.unwrap();
    }
    let told = details_of(&app, AccountEdited).await;
    assert_eq!(told.len(), 2);
    assert!(told.contains(&r#"{"email_changed":true,"username_changed":false}"#.to_owned()), "{told:?}");
    assert!(told.contains(&r#"{"email_changed":false,"username_changed":true}"#.to_owned()), "{told:?}");
}

#[tokio::test]
async fn a_reason_is_told_to_be_there_and_not_what_it_says() {
    let app = UseCases::new();
    for (name, reason) in [("ada", " "), ("bob", "moved to Paris")] {
        let actor = user(&app, name).await;
        app.services.trash_account.execute(trash(&actor, actor.uuid, reason)).await.unwrap();
    }
    let told = details_of(&app, AccountTrashed).await;
    assert!(told.contains(&r#"{"ended_sessions":1,"has_reason":false}"#.to_owned()), "{told:?}");
    assert!(told.contains(&r#"{"ended_sessions":1,"has_reason":true}"#.to_owned()), "{told:?}");
}

#[tokio::test]
async fn each_of_many_in_the_trash_is_told_with_its_own_sessions() {
    let app = UseCases::new();
    let root = admin(&app, "root").await;
    let (ada, bob) = (user(&app, "ada").await, user(&app, "bob").await);
    app.log_in("bob@example.com").await;
    let administrator = Administrator::with_role(&root).unwrap();
    let accounts = vec![ada.uuid, bob.uuid];
    let input = TrashAccountsInput { administrator, accounts, reason: "spam".to_owned() };
    app.services.trash_accounts.execute(input).await.unwrap();
    let events = of_action(&app, AccountTrashed).await;
    for (who, sessions) in [(ada, 1), (bob, 2)] {
        let told = events.iter().find(|event| event.account == Some(who.uuid)).unwrap();
        assert_eq!(told.actor, AuditActor::Account(root.uuid));
        let expected = format!(r#"{{"ended_sessions":{sessions},"has_reason":true}}"#);
        assert_eq!(told.details.as_deref(), Some(&*expected));
    }
}

#[tokio::test]
async fn a_removal_that_is_cut_off_is_told_once_and_as_whose_it_was() {
    let app = UseCases::new();
    let root = admin(&app, "root").await;
    let administrator = Administrator::with_role(&root).unwrap();
    let ada = user(&app, "ada").await;
    app.services.trash_account.execute(trash(&ada, ada.uuid, "")).await.unwrap();
    app.faults.fail_call(7, vestibule_infrastructure::faulty::Fault::Unavailable);
    let remove = || RemoveAccountInput { administrator, account: ada.uuid };
    app.services.remove_account.execute(remove()).await.unwrap_err();
    app.faults.heal();
    let told = of_action(&app, AccountRemoved).await;
    assert_eq!(told.iter().map(|event| event.actor).collect::<Vec<_>>(), [AuditActor::Account(root.uuid)]);
    let before = trail(&app).await;
    app.services.purge_expired.execute_while(A_DAY_IN_THE_TRASH, || true).await.unwrap();
    assert!(app.deps.store.repositories().accounts().by_id(ada.account).await.unwrap().is_none());
    assert_eq!(trail(&app).await, before);
}
