//! A contact exists for its owner alone.

use time::macros::date;
use vestibule_domain::contacts::{Avatar, BirthdayWindow, Text};
use vestibule_tests::contract;

use super::given::{BORN, add, facts, find, owner, page, read};
use crate::given::{Stored, add_account};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    nothing_of_another_owner_is_read,
    nothing_of_another_owner_is_changed,
    both_owners_may_have_the_same_contact,
]);

async fn nothing_of_another_owner_is_read(store: Stored) {
    let ada = owner(&store).await;
    let eve = add_account(&store, "eve@example.com").await;
    let id = add(&store, ada, "Bob").await;
    assert_eq!(read(&store, eve, id).await, None);
    assert_eq!(store.repositories().contacts().lock(eve, id).await.unwrap(), None);
    assert_eq!(page(&store, eve, 0, 100).await, []);
    for text in ["Bob", "bob", "b", "example.com", ""] {
        assert_eq!(find(&store, eve, text).await, None);
    }
    let window = BirthdayWindow::new(BORN, 366);
    assert_eq!(store.repositories().contacts().birthdays(eve, &window).await.unwrap(), []);
}

async fn nothing_of_another_owner_is_changed(store: Stored) {
    let ada = owner(&store).await;
    let eve = add_account(&store, "eve@example.com").await;
    let id = add(&store, ada, "Bob").await;
    let before = read(&store, ada, id).await;
    let avatar = Avatar { url: Text::parse("x").unwrap(), object: None };
    let mut repositories = store.repositories();
    let contacts = repositories.contacts();
    assert!(!contacts.change(eve, id, &facts("Eve was here")).await.unwrap());
    assert!(!contacts.set_avatar(eve, id, &avatar).await.unwrap());
    assert!(!contacts.remove(eve, id).await.unwrap());
    assert_eq!(read(&store, ada, id).await, before);
}

async fn both_owners_may_have_the_same_contact(store: Stored) {
    let ada = owner(&store).await;
    let eve = add_account(&store, "eve@example.com").await;
    let (of_ada, of_eve) = (add(&store, ada, "Bob").await, add(&store, eve, "Bob").await);
    assert_eq!(
        (find(&store, ada, "Bob").await, find(&store, eve, "Bob").await),
        (Some(of_ada), Some(of_eve))
    );
    let window = BirthdayWindow::new(date!(2026 - 05 - 17), 0);
    let found = store.repositories().contacts().birthdays(eve, &window).await.unwrap();
    assert_eq!(found.iter().map(|contact| contact.id).collect::<Vec<_>>(), [of_eve]);
}
