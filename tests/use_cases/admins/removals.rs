//! What removing takes.

use std::time::Duration;

use vestibule_application::Actor;
use vestibule_application::contacts::{CreateContactInput, SetContactAvatarInput};
use vestibule_application::maintenance::Purged;
use vestibule_application::policy::Retention;
use vestibule_application::trash::{RemoveAccountError, RemoveAccountInput, TrashAccountInput};
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::contacts::{Avatar, ContactFacts, Text};
use vestibule_domain::media::ObjectKey;
use vestibule_use_case_tests::{PICTURE, UseCases};

use super::people::{by, over};

pub(super) const DAY: Duration = Duration::from_hours(24);

pub(super) fn after(days: u32) -> Retention {
    Retention {
        unactivated_accounts: None,
        parked_messages: None,
        sent_messages: None,
        audit_events: None,
        trashed_accounts: (days > 0).then_some(DAY * days),
    }
}

pub(super) async fn trash(app: &UseCases, actor: &Actor, target: AccountUuid) {
    let input = TrashAccountInput { who: over(actor, target), reason: String::new() };
    app.services.trash_account.execute(input).await.unwrap();
}

pub(super) async fn remove(
    app: &UseCases,
    actor: &Actor,
    account: AccountUuid,
) -> Result<(), RemoveAccountError> {
    let input = RemoveAccountInput { administrator: by(actor), account };
    app.services.remove_account.execute(input).await
}

pub(super) async fn is_there(app: &UseCases, actor: &Actor) -> bool {
    app.deps.store.repositories().accounts().by_id(actor.account).await.unwrap().is_some()
}

pub(super) async fn purged(app: &UseCases, retention: Retention) -> u64 {
    let Purged { trashed_accounts, .. } =
        app.services.purge_expired.execute_while(retention, || true).await.unwrap().expect("the only server");
    trashed_accounts
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
