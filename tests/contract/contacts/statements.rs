//! How many statements it takes.

use time::macros::date;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{BirthdayWindow, NewContact};
use vestibule_tests::{contract, statements};

use super::given::{add, facts, find, owner, page, read};
use crate::given::{NOW, Stored};

contract!(store on [sqlite]: [
    reading_takes_one_statement_and_a_search_two,
    writing_takes_the_same_statements_whatever_the_names,
    a_new_contact_that_waits_for_its_trigrams_takes_two_statements,
    many_contacts_take_few_statements,
]);

async fn reading_takes_one_statement_and_a_search_two(store: Stored) {
    let owner = owner(&store).await;
    let mut last = None;
    for number in 0..30 {
        last = Some(add(&store, owner, &format!("Person {number}")).await);
    }
    let (found, one) = statements(read(&store, owner, last.unwrap())).await;
    assert_eq!((found.map(|it| it.id), one.len()), (last, 1));
    assert_eq!(statements(page(&store, owner, 5, 20)).await.1.len(), 1);
    assert_eq!(statements(find(&store, owner, "son 29")).await.1.len(), 2);
    assert_eq!(statements(find(&store, owner, "nobody")).await.1.len(), 2);
    for (today, expected) in [(date!(2026 - 05 - 01), 1), (date!(2026 - 12 - 28), 2)] {
        let window = BirthdayWindow::new(today, 30);
        let mut repositories = store.repositories();
        let (_, sent) = statements(repositories.contacts().birthdays(owner, &window)).await;
        assert_eq!(sent.len(), expected, "{sent:#?}");
    }
}

async fn writing_takes_the_same_statements_whatever_the_names(store: Stored) {
    let owner = owner(&store).await;
    for (name, other) in [("Bob", "Eve"), (&*"Ada ".repeat(30), &*"Олена ".repeat(20))] {
        let contact = NewContact { owner, facts: facts(name), avatar: None };
        let mut repositories = store.repositories();
        let (id, added) = statements(repositories.contacts().insert(&contact)).await;
        let id = id.unwrap();
        let changed = facts(other);
        let (_, changed) = statements(repositories.contacts().change(owner, id, &changed)).await;
        let (_, removed) = statements(repositories.contacts().remove(owner, id)).await;
        // One of the first is how far the index is filled, of which nothing is known here.
        assert_eq!((added.len(), changed.len(), removed.len()), (3, 4, 3));
    }
}

async fn a_new_contact_that_waits_for_its_trigrams_takes_two_statements(store: Stored) {
    let owner = owner(&store).await;
    assert!(store.repositories().contact_index().rebuild_next(1, NOW).await.unwrap().is_whole);
    add(&store, owner, "First").await;
    assert_eq!(statements(add(&store, owner, "Second")).await.1.len(), 2);
    let many = [ImportedContact { facts: facts("Third"), avatar: None }];
    store.repositories().contacts().insert_all(owner, &many).await.unwrap();
    // The next ones can wait again.
    assert_eq!(statements(add(&store, owner, "Fourth")).await.1.len(), 2);
}

async fn many_contacts_take_few_statements(store: Stored) {
    let owner = owner(&store).await;
    let contact =
        |number: usize| ImportedContact { facts: facts(&format!("Number {number}.")), avatar: None };
    let many: Vec<_> = (0..500).map(contact).collect();
    let mut repositories = store.repositories();
    let (added, sent) = statements(repositories.contacts().insert_all(owner, &many)).await;
    added.unwrap();
    assert!(sent.len() < 20, "{} statements", sent.len());
}
