//! What the certificate of an erasure counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use vestibule_application::media::StorePictureInput;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Avatar, ContactFacts, NewContact, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::{Fault, FaultyStore};
use vestibule_use_case_tests::{PICTURE, UseCases};

on_stores![
    pictures_that_others_refer_to_stay_and_are_not_counted,
    a_certificate_never_says_that_a_picture_is_gone_that_is_there,
];

async fn pictures_that_others_refer_to_stay_and_are_not_counted(store: Arc<dyn Store>) {
    let app = &UseCases::with(|deps| deps.store = store);
    let (ada, eve) = (app.member("ada@example.com").await, app.member("eve@example.com").await);
    let [own, twice, shared] = [picture(app).await, picture(app).await, picture(app).await];
    for (owner, name, key) in [
        (ada, "Bob", own),
        (ada, "Eve", twice),
        (ada, "Eve at work", twice),
        (ada, "Zoe", shared),
        (eve, "Zoe", shared),
    ] {
        insert(app, owner, name, key).await;
    }
    let account = app.deps.store.repositories().accounts().by_id(ada).await.unwrap().unwrap();
    let erasure = app.services.erase_account.execute(account.details.uuid).await.unwrap();
    assert_eq!((erasure.kinds.contacts, erasure.pictures, erasure.pictures_wait), (4, 2, false));
    let mut left = BTreeSet::new();
    for key in [own, twice, shared] {
        left.extend(app.deps.objects.length(&key).await.unwrap().map(|_| key));
    }
    assert_eq!(left, BTreeSet::from([shared]));
}

/// Whichever call fails, the erasure ends, if need be once more, and its certificate is true.
async fn a_certificate_never_says_that_a_picture_is_gone_that_is_there(store: Arc<dyn Store>) {
    let faults = FaultyStore::new(store);
    let app = &UseCases::with(|deps| deps.store = Arc::new(faults.clone()));
    let mut waited = false;
    for call in 1.. {
        let ada = app.member(&format!("ada{call}@example.com")).await;
        let own = picture(app).await;
        insert(app, ada, "Bob", own).await;
        let uuid = app.deps.store.repositories().accounts().by_id(ada).await.unwrap().unwrap().details.uuid;
        let before = faults.calls();
        faults.fail_call(call, Fault::Unavailable);
        let mut erasure = app.services.erase_account.execute(uuid).await;
        let is_over = faults.calls() - before < call;
        faults.heal();
        if erasure.is_err() {
            erasure = app.services.erase_account.execute(uuid).await;
        }
        let erasure = erasure.unwrap();
        let is_there = app.deps.objects.length(&own).await.unwrap().is_some();
        assert!(!is_there || erasure.pictures_wait, "call {call}");
        waited |= is_there;
        if is_over {
            break;
        }
    }
    assert!(waited, "no failure left the picture");
}

async fn picture(app: &UseCases) -> ObjectKey {
    let (folder, size) = (MediaFolder::Contacts, PictureSize::AVATAR);
    let input = StorePictureInput { folder, size, upload: PICTURE.to_vec() };
    app.services.store_picture.execute(input).await.unwrap()
}

async fn insert(app: &UseCases, owner: AccountId, name: &str, object: ObjectKey) {
    let facts = ContactFacts {
        fullname: Text::parse(name).unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    let url = Text::parse("https://example.org/a.jpg").unwrap();
    let contact = NewContact { owner, facts, avatar: Some(Avatar { url, object: Some(object) }) };
    app.deps.store.repositories().contacts().insert(&contact).await.unwrap();
}
