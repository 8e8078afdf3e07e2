//! What stays while an account lies in the trash: it may be restored.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::Actor;
use vestibule_application::policy::Retention;
use vestibule_domain::accounts::Role;
use vestibule_domain::contacts::{Avatar, ContactFacts, NewContact, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::REGISTRATION;

use super::trashed::Trashed;

on_stores![no_purge_removes_it, its_contacts_and_their_pictures_stay,];

const DAY: Duration = Duration::from_hours(24);
const A_DAY: Retention = Retention {
    unactivated_accounts: Some(DAY),
    parked_messages: Some(DAY),
    sent_messages: Some(DAY),
    audit_events: Some(DAY),
    trashed_accounts: Some(DAY),
};

async fn no_purge_removes_it(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        trashed.app.clock.advance(400 * REGISTRATION.activation_life);
        let purged = trashed.app.services.purge_expired.execute_while(A_DAY, || true).await.unwrap().unwrap();
        assert_eq!(purged.unactivated_accounts, 0);
        // Reset tokens go when they expire, whoever's they are.
        let kept = trashed.kept().await;
        assert_eq!((kept.account.id, kept.pending.len()), (trashed.id, 1));
    }
}

async fn its_contacts_and_their_pictures_stay(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let key = ObjectKey::new(MediaFolder::Contacts, trashed.app.deps.ids.random(), PictureFormat::Jpeg);
        let facts = ContactFacts {
            fullname: Text::parse("Bob").unwrap(),
            email: None,
            phone_number: None,
            birthday: None,
            additional: None,
        };
        let url = Text::parse("https://example.org/a.jpg").unwrap();
        let avatar = Some(Avatar { url, object: Some(key) });
        let contact = NewContact { owner: trashed.id, facts, avatar };
        let mut repositories = trashed.app.deps.store.repositories();
        repositories.contacts().insert(&contact).await.unwrap();

        trashed.app.clock.advance(400 * DAY);
        trashed.app.services.purge_expired.execute_while(A_DAY, || true).await.unwrap();
        trashed.app.services.rebuild_contact_index.execute().await.unwrap();
        let uuid = trashed.kept().await.account.details.uuid;
        let session = SessionId(trashed.app.deps.ids.random());
        // Who it was when its last request was let in.
        let actor = Actor { account: trashed.id, uuid, role: Role::User, session };
        let found = trashed.app.services.find_contact.execute(&actor, "Bob").await.unwrap();
        assert_eq!(found.avatar, contact.avatar);
        let in_use = trashed.app.deps.store.repositories().pictures().in_use(&[key]).await.unwrap();
        assert!(in_use.contains(&key), "a sweep would remove the picture");
    }
}
