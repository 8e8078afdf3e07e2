//! Adding, changing, removing.

use vestibule_domain::contacts::{Avatar, Contact, ContactFacts, ContactId, NewContact, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::store::Constraint;
use vestibule_tests::contract;

use super::given::{add, facts, find, insert, owner, read};
use crate::given::{NOBODY, Stored, conflict, id};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_contact_reads_back,
    a_contact_of_which_nothing_is_known_but_its_name_reads_back,
    the_longest_texts_and_numbers_read_back,
    two_contacts_may_have_one_name,
    ids_grow,
    a_contact_of_nobody_is_refused,
    a_change_replaces_all_but_the_avatar,
    what_is_not_there_cannot_be_changed,
    an_avatar_is_replaced_with_its_object,
    a_removed_contact_is_gone,
    an_id_is_not_given_again,
    a_picture_is_in_use_while_a_contact_has_it,
    a_unit_that_is_dropped_leaves_nothing,
    a_unit_sees_its_own_contacts,
    a_unit_goes_on_after_what_is_not_there,
]);

fn avatar(url: &str, object: Option<ObjectKey>) -> Avatar {
    Avatar { url: Text::parse(url).unwrap(), object }
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::new(MediaFolder::Contacts, id(name), PictureFormat::Png)
}

async fn a_contact_reads_back(store: Stored) {
    let owner = owner(&store).await;
    let contact = NewContact {
        owner,
        facts: facts("Ada 'the 1st'; DROP TABLE contacts;-- 🦀"),
        avatar: Some(avatar("https://example.org/a.png", None)),
    };
    let id = store.repositories().contacts().insert(&contact).await.unwrap();
    let NewContact { owner, facts, avatar } = contact;
    assert_eq!(read(&store, owner, id).await, Some(Contact { id, owner, facts, avatar }));
}

async fn a_contact_of_which_nothing_is_known_but_its_name_reads_back(store: Stored) {
    let owner = owner(&store).await;
    let facts =
        ContactFacts { email: None, phone_number: None, birthday: None, additional: None, ..facts("") };
    let id = insert(&store, owner, facts.clone()).await;
    assert_eq!(read(&store, owner, id).await, Some(Contact { id, owner, facts, avatar: None }));
    assert_eq!(store.repositories().contacts().lock(owner, id).await.unwrap().map(|it| it.id), Some(id));
}

async fn the_longest_texts_and_numbers_read_back(store: Stored) {
    let owner = owner(&store).await;
    // Folded, each becomes three characters.
    let long = |chars| "ΐ".repeat(chars);
    for number in [PhoneNumber::MAX, PhoneNumber::MIN] {
        let facts = ContactFacts {
            fullname: Text::parse(long(150)).unwrap(),
            email: Some(Text::parse(long(200)).unwrap()),
            phone_number: Some(PhoneNumber::new(number).unwrap()),
            additional: Some(Text::parse("🦀".repeat(500)).unwrap()),
            ..facts("")
        };
        let id = insert(&store, owner, facts.clone()).await;
        assert_eq!(read(&store, owner, id).await.map(|contact| contact.facts), Some(facts));
    }
}

async fn two_contacts_may_have_one_name(store: Stored) {
    let owner = owner(&store).await;
    assert_ne!(add(&store, owner, "Bob").await, add(&store, owner, "Bob").await);
}

async fn ids_grow(store: Stored) {
    let owner = owner(&store).await;
    let first = add(&store, owner, "Zoe").await;
    assert!(first < add(&store, owner, "Ada").await);
}

async fn a_contact_of_nobody_is_refused(store: Stored) {
    let contact = NewContact { owner: NOBODY, facts: facts("Bob"), avatar: None };
    assert_eq!(conflict(store.repositories().contacts().insert(&contact).await), Constraint::ForeignKey);
}

async fn a_change_replaces_all_but_the_avatar(store: Stored) {
    let owner = owner(&store).await;
    let picture = Some(avatar("https://example.org/a.png", Some(key("a"))));
    let contact = NewContact { owner, facts: facts("Bob"), avatar: picture.clone() };
    let id = store.repositories().contacts().insert(&contact).await.unwrap();
    let changed = ContactFacts {
        fullname: Text::parse("Robert").unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: Some(Text::parse("").unwrap()),
    };
    assert!(store.repositories().contacts().change(owner, id, &changed).await.unwrap());
    let expected = Contact { id, owner, facts: changed, avatar: picture };
    assert_eq!(read(&store, owner, id).await, Some(expected));
    assert_eq!((find(&store, owner, "Bob").await, find(&store, owner, "bert").await), (None, Some(id)));
    assert_eq!(find(&store, owner, "somebody@").await, None);
}

async fn what_is_not_there_cannot_be_changed(store: Stored) {
    let owner = owner(&store).await;
    let nothing = ContactId(404_404);
    let mut repositories = store.repositories();
    let contacts = repositories.contacts();
    assert!(!contacts.change(owner, nothing, &facts("Bob")).await.unwrap());
    assert!(!contacts.set_avatar(owner, nothing, &avatar("x", None)).await.unwrap());
    assert!(!contacts.remove(owner, nothing).await.unwrap());
    assert_eq!(contacts.by_id(owner, nothing).await.unwrap(), None);
    assert_eq!(contacts.lock(owner, nothing).await.unwrap(), None);
}

async fn an_avatar_is_replaced_with_its_object(store: Stored) {
    let owner = owner(&store).await;
    let id = add(&store, owner, "Bob").await;
    for picture in
        [avatar("https://example.org/a.png", Some(key("a"))), avatar("https://example.org/b.png", None)]
    {
        assert!(store.repositories().contacts().set_avatar(owner, id, &picture).await.unwrap());
        assert_eq!(read(&store, owner, id).await.unwrap().avatar, Some(picture));
    }
    assert_eq!(read(&store, owner, id).await.unwrap().facts, facts("Bob"));
}

async fn a_removed_contact_is_gone(store: Stored) {
    let owner = owner(&store).await;
    let (id, other) = (add(&store, owner, "Bob").await, add(&store, owner, "Bob").await);
    assert!(store.repositories().contacts().remove(owner, id).await.unwrap());
    assert!(!store.repositories().contacts().remove(owner, id).await.unwrap());
    assert_eq!(read(&store, owner, id).await, None);
    assert_eq!(find(&store, owner, "Bob").await, Some(other));
}

async fn a_picture_is_in_use_while_a_contact_has_it(store: Stored) {
    let owner = owner(&store).await;
    let keys = [key("a"), key("b")];
    let in_use = async || {
        let used = store.repositories().pictures().in_use(&keys).await.unwrap();
        keys.map(|key| used.contains(&key))
    };
    let id = add(&store, owner, "Bob").await;
    assert_eq!(in_use().await, [false, false]);
    for (at, expected) in [[true, false], [false, true]].into_iter().enumerate() {
        let picture = avatar("https://example.org/a.png", Some(keys[at]));
        store.repositories().contacts().set_avatar(owner, id, &picture).await.unwrap();
        assert_eq!(in_use().await, expected);
    }
    store.repositories().contacts().remove(owner, id).await.unwrap();
    assert_eq!(in_use().await, [false, false]);
    // An address that looks like one does not count.
    let picture = avatar(&format!("https://example.org/media/{}", keys[0]), None);
    let contact = NewContact { owner, facts: facts("Eve"), avatar: Some(picture) };
    store.repositories().contacts().insert(&contact).await.unwrap();
    assert_eq!(in_use().await, [false, false]);
}

async fn an_id_is_not_given_again(store: Stored) {
    let owner = owner(&store).await;
    let id = add(&store, owner, "Bob").await;
    store.repositories().contacts().remove(owner, id).await.unwrap();
    assert!(add(&store, owner, "Bob").await > id);
}

async fn a_unit_that_is_dropped_leaves_nothing(store: Stored) {
    let owner = owner(&store).await;
    let kept = add(&store, owner, "Kept").await;
    let mut unit = store.begin().await.unwrap();
    let contact = NewContact { owner, facts: facts("Bob"), avatar: None };
    unit.contacts().insert(&contact).await.unwrap();
    unit.contacts().change(owner, kept, &facts("Changed")).await.unwrap();
    drop(unit);
    assert_eq!(find(&store, owner, "Bob").await, None);
    assert_eq!(find(&store, owner, "Changed").await, None);
    assert_eq!(find(&store, owner, "Kept").await, Some(kept));
}

async fn a_unit_sees_its_own_contacts(store: Stored) {
    let owner = owner(&store).await;
    let mut unit = store.begin().await.unwrap();
    let contact = NewContact { owner, facts: facts("Bob"), avatar: None };
    let id = unit.contacts().insert(&contact).await.unwrap();
    assert!(unit.contacts().lock(owner, id).await.unwrap().is_some());
    assert!(unit.contacts().remove(owner, id).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(read(&store, owner, id).await, None);
}

async fn a_unit_goes_on_after_what_is_not_there(store: Stored) {
    let owner = owner(&store).await;
    let id = add(&store, owner, "Ada").await;
    let nobody = ContactId(404_404);
    let mut unit = store.begin().await.unwrap();
    assert!(!unit.contacts().change(owner, nobody, &facts("Eve")).await.unwrap());
    assert!(!unit.contacts().remove(owner, nobody).await.unwrap());
    assert!(unit.contacts().remove(owner, id).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(read(&store, owner, id).await, None);
}
