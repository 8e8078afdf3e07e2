//! What the certificate of an erasure counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use vestibule_application::media::StorePictureInput;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Avatar, ContactFacts, NewContact, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::{PICTURE, UseCases};

on_stores![pictures_that_others_refer_to_stay_and_are_not_counted];

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
