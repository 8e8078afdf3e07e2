//! Contacts that were just added: on SQLite their trigrams are written for many at once.

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{ContactFacts, ContactId, NewContact, Text};
use vestibule_domain::store::StoreError;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::given::{add, facts, find, insert, owner};
use crate::given::{NOW, Stored};

contract!(store on [memory, sqlite, postgres, mariadb]: [
    each_of_many_is_found_as_soon_as_it_is_added,
    the_preferences_are_the_same_whichever_of_them_wait,
    one_and_two_characters_are_found_in_those_that_wait,
    what_is_changed_or_removed_while_it_waits_is_found_as_it_is,
    one_that_waits_is_found_while_the_index_is_made_anew,
    many_that_are_added_at_once_leave_nobody_behind,
    a_unit_that_is_dropped_takes_no_trigrams_with_it,
]);

mod nodes {
    use vestibule_tests::contract;

    use super::on_two_nodes_each_is_found_at_once_whoever_writes_the_trigrams;

    contract!(database on [sqlite, postgres, mariadb]: [
        on_two_nodes_each_is_found_at_once_whoever_writes_the_trigrams,
    ]);
}

mod by_hand {
    use vestibule_tests::contract;

    use super::{
        one_whose_name_does_not_read_back_keeps_nobody_from_adding_others,
        the_index_is_begun_anew_beside_one_whose_birthday_does_not_read_back,
        the_index_is_not_begun_anew_while_a_name_that_waits_does_not_read_back,
        those_that_wait_are_found_from_the_first_batch_on_when_the_progress_was_lost,
    };

    contract!(database on [sqlite]: [
        one_whose_name_does_not_read_back_keeps_nobody_from_adding_others,
        the_index_is_begun_anew_beside_one_whose_birthday_does_not_read_back,
        the_index_is_not_begun_anew_while_a_name_that_waits_does_not_read_back,
        those_that_wait_are_found_from_the_first_batch_on_when_the_progress_was_lost,
    ]);
}

/// More than wait at the most, and more than may be behind.
const MANY: usize = 150;

/// Fills the index, as each server does that starts.
async fn fill(store: &Stored) {
    while !store.repositories().contact_index().rebuild_next(100, NOW).await.unwrap().is_whole {}
}

async fn person(store: &Stored, owner: AccountId, name: &str, email: &str) -> ContactId {
    let email = Some(Text::parse(email).unwrap());
    insert(store, owner, ContactFacts { email, ..facts(name) }).await
}

async fn each_of_many_is_found_as_soon_as_it_is_added(store: Stored) {
    let (owner, other) = (owner(&store).await, crate::given::add_account(&store, "eve@example.com").await);
    fill(&store).await;
    let mut added = Vec::new();
    for number in 0..MANY {
        let id = person(&store, owner, &format!("Name {number}."), &format!("at-{number}@x")).await;
        assert_eq!(find(&store, owner, &format!("name {number}.")).await, Some(id));
        assert_eq!(find(&store, owner, &format!("AT-{number}@")).await, Some(id));
        assert_eq!(find(&store, other, &format!("name {number}.")).await, None);
        added.push(id);
    }
    for is_filled in [false, true] {
        for (number, id) in added.iter().enumerate() {
            assert_eq!(find(&store, owner, &format!("me {number}.")).await, Some(*id), "{is_filled}");
        }
        fill(&store).await;
    }
}

async fn the_preferences_are_the_same_whichever_of_them_wait(store: Stored) {
    let people = [
        ("1", "KIM@example.com"),
        ("2", "kim@example.com"),
        ("KIM", "3@example.com"),
        ("4", "akim@example.com"),
        ("kim", "5@example.com"),
        ("akim", "6@example.com"),
        ("AKIM", "7@example.com"),
    ];
    for filled in 0..=people.len() {
        let owner = crate::given::add_account(&store, &format!("owner{filled}@example.com")).await;
        let mut ids = Vec::new();
        for (place, (name, email)) in people.into_iter().enumerate() {
            if place == filled {
                fill(&store).await;
            }
            ids.push(person(&store, owner, name, email).await);
        }
        // This one has its trigrams before those that were added before it.
        let renamed = facts("Kim kim");
        assert!(store.repositories().contacts().change(owner, ids[6], &renamed).await.unwrap());
        for expected in [4, 5, 6, 2, 1, 3, 0] {
            assert_eq!(find(&store, owner, "kim").await, Some(ids[expected]), "{filled}");
            assert!(store.repositories().contacts().remove(owner, ids[expected]).await.unwrap());
        }
        assert_eq!(find(&store, owner, "kim").await, None, "{filled}");
    }
}

async fn one_and_two_characters_are_found_in_those_that_wait(store: Stored) {
    let owner = owner(&store).await;
    add(&store, owner, "ada").await;
    fill(&store).await;
    let id = insert(&store, owner, ContactFacts { email: None, ..facts("XY 100%_ Ї") }).await;
    for part in ["x", "X", "Y", "xy", "%", "%_", "ї"] {
        assert_eq!(find(&store, owner, part).await, Some(id), "{part}");
    }
    for nowhere in ["x%", "z", "_%"] {
        assert_eq!(find(&store, owner, nowhere).await, None, "{nowhere}");
    }
    // An accent that was typed by itself is the same letter.
    let accent = add(&store, owner, "Zoe\u{308}").await;
    assert_eq!(find(&store, owner, "zoë").await, Some(accent));
}

async fn what_is_changed_or_removed_while_it_waits_is_found_as_it_is(store: Stored) {
    let owner = owner(&store).await;
    fill(&store).await;
    let ids =
        [add(&store, owner, "Ada").await, add(&store, owner, "Bob").await, add(&store, owner, "Eve").await];
    let mut repositories = store.repositories();
    let contacts = repositories.contacts();
    assert!(contacts.change(owner, ids[0], &facts("Grace")).await.unwrap());
    assert!(contacts.remove(owner, ids[1]).await.unwrap());
    assert!(
        contacts.change(owner, ids[2], &ContactFacts { phone_number: None, ..facts("Eve") }).await.unwrap()
    );
    for is_filled in [false, true] {
        for (part, expected) in [("grace", Some(ids[0])), ("ada", None), ("bob", None), ("eve", Some(ids[2]))]
        {
            assert_eq!(find(&store, owner, part).await, expected, "{part} {is_filled}");
        }
        fill(&store).await;
    }
    assert!(store.repositories().contacts().remove(owner, ids[2]).await.unwrap());
    // An id is not given again, which would be behind the ones that are covered.
    let next = add(&store, owner, "Zoe").await;
    assert!(next > ids[2]);
    assert_eq!((find(&store, owner, "eve").await, find(&store, owner, "zoe").await), (None, Some(next)));
}

async fn one_that_waits_is_found_while_the_index_is_made_anew(store: Stored) {
    let owner = owner(&store).await;
    for number in 0..MANY {
        add(&store, owner, &format!("Before {number}.")).await;
    }
    fill(&store).await;
    let first = add(&store, owner, "First").await;
    for _ in 0..2 {
        store.repositories().contact_index().begin_anew().await.unwrap();
        assert_eq!(find(&store, owner, "first").await, Some(first));
        store.repositories().contact_index().rebuild_next(10, NOW).await.unwrap();
        let second = add(&store, owner, "Second").await;
        assert_eq!(find(&store, owner, "second").await, Some(second));
        assert!(store.repositories().contacts().remove(owner, second).await.unwrap());
    }
    fill(&store).await;
    assert_eq!(find(&store, owner, "first").await, Some(first));
}

async fn many_that_are_added_at_once_leave_nobody_behind(store: Stored) {
    let owner = owner(&store).await;
    fill(&store).await;
    let mut added = Vec::new();
    for round in 0..3 {
        added.push((format!("single {round}."), add(&store, owner, &format!("Single {round}.")).await));
        let many: Vec<_> = (0..MANY)
            .map(|number| ImportedContact { facts: facts(&format!("Many {round}-{number}.")), avatar: None })
            .collect();
        store.repositories().contacts().insert_all(owner, &many).await.unwrap();
        for (name, id) in &added {
            assert_eq!(find(&store, owner, name).await, Some(*id), "{name}");
        }
        assert!(find(&store, owner, &format!("many {round}-{}.", MANY - 1)).await.is_some());
    }
}

async fn a_unit_that_is_dropped_takes_no_trigrams_with_it(store: Stored) {
    let owner = owner(&store).await;
    fill(&store).await;
    let mut added = Vec::new();
    for number in 0..MANY {
        // Sooner or later this is the one that writes the trigrams of those before it.
        let contact = NewContact { owner, facts: facts("Nobody"), avatar: None };
        let mut unit = store.begin().await.unwrap();
        unit.contacts().insert(&contact).await.unwrap();
        drop(unit);
        added.push(add(&store, owner, &format!("Name {number}.")).await);
    }
    for (number, id) in added.iter().enumerate() {
        assert_eq!(find(&store, owner, &format!("name {number}.")).await, Some(*id));
    }
    assert_eq!(find(&store, owner, "nobody").await, None);
}

/// Once more where the store asks for it, as the use cases do.
async fn retried<T>(call: impl AsyncFn() -> Result<T, StoreError>) -> T {
    loop {
        match call().await {
            Err(StoreError::Retryable(_)) => tokio::task::yield_now().await,
            done => return done.unwrap(),
        }
    }
}

async fn on_two_nodes_each_is_found_at_once_whoever_writes_the_trigrams(database: EmptyDatabase) {
    migration::up(&database.connect().await).await.unwrap();
    let options = DatabaseOptions { max_connections: 4, ..DatabaseOptions::new(database.url()) };
    let node = async || SeaStore::connect(&options).await.unwrap();
    let nodes: [Stored; 2] = [Arc::new(node().await), Arc::new(node().await)];
    let owner = owner(&nodes[0]).await;
    fill(&nodes[0]).await;
    let add_and_find = async |to: usize, name: &str| {
        let mut added = Vec::new();
        for number in 0..MANY {
            let name = format!("{name} {number}.");
            let contact = NewContact { owner, facts: facts(&name), avatar: None };
            let id = retried(async || nodes[to].repositories().contacts().insert(&contact).await).await;
            assert_eq!(find(&nodes[1 - to], owner, &name.to_lowercase()).await, Some(id), "{name}");
            added.push((name, id));
        }
        added
    };
    let rebuild = async || {
        for _ in 0..20 {
            let next = async || nodes[1].repositories().contact_index().rebuild_next(100, NOW).await;
            retried(next).await;
            tokio::task::yield_now().await;
        }
    };
    let (first, second, ()) = futures::join!(add_and_find(0, "One"), add_and_find(1, "Two"), rebuild());
    for (name, id) in first.iter().chain(&second) {
        for node in &nodes {
            assert_eq!(find(node, owner, name).await, Some(*id), "{name}");
        }
    }
}

/// The schema up to date, a store on it, and a connection for what somebody does by hand.
async fn by_hand(database: &EmptyDatabase) -> (Stored, DatabaseConnection) {
    let options = DatabaseOptions { max_connections: 4, ..DatabaseOptions::new(database.url()) };
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    (Arc::new(SeaStore::connect(&options).await.unwrap()), db)
}

async fn one_whose_name_does_not_read_back_keeps_nobody_from_adding_others(database: EmptyDatabase) {
    let (store, db) = by_hand(&database).await;
    let owner = owner(&store).await;
    fill(&store).await;
    let first = add(&store, owner, "First").await;
    let spoil = format!("UPDATE contacts SET fullname_nfc = x'ff' WHERE id = {}", first.0);
    db.execute_unprepared(&spoil).await.unwrap();
    for number in 0..MANY {
        let id = add(&store, owner, &format!("Name {number}.")).await;
        assert_eq!(find(&store, owner, &format!("name {number}.")).await, Some(id));
    }
}

/// Two contacts that wait behind many that are covered, of which the first has this in a column.
async fn two_wait(
    store: &Stored,
    db: &DatabaseConnection,
    owner: AccountId,
    spoilt: &str,
) -> (ContactId, ContactId) {
    for number in 0..MANY {
        add(store, owner, &format!("Before {number}.")).await;
    }
    fill(store).await;
    let (first, second) = (add(store, owner, "First").await, add(store, owner, "Second").await);
    db.execute_unprepared(&format!("UPDATE contacts SET {spoilt} WHERE id = {}", first.0)).await.unwrap();
    (first, second)
}

async fn the_index_is_begun_anew_beside_one_whose_birthday_does_not_read_back(database: EmptyDatabase) {
    let (store, db) = by_hand(&database).await;
    let owner = owner(&store).await;
    let (first, second) = two_wait(&store, &db, owner, "birthday = 'in May'").await;
    store.repositories().contact_index().begin_anew().await.unwrap();
    assert_eq!(find(&store, owner, "second").await, Some(second));
    fill(&store).await;
    assert_eq!(find(&store, owner, "second").await, Some(second));
    assert!(store.repositories().contacts().change(owner, first, &facts("Mended")).await.unwrap());
    assert_eq!(find(&store, owner, "mended").await, Some(first));
}

async fn the_index_is_not_begun_anew_while_a_name_that_waits_does_not_read_back(database: EmptyDatabase) {
    let (store, db) = by_hand(&database).await;
    let owner = owner(&store).await;
    let (first, second) = two_wait(&store, &db, owner, "fullname_nfc = x'ff'").await;
    assert!(store.repositories().contact_index().begin_anew().await.is_err());
    assert_eq!(find(&store, owner, "second").await, Some(second));
    let mend = format!("UPDATE contacts SET fullname_nfc = NULL WHERE id = {}", first.0);
    db.execute_unprepared(&mend).await.unwrap();
    store.repositories().contact_index().begin_anew().await.unwrap();
    for (name, id) in [("first", first), ("second", second)] {
        assert_eq!(find(&store, owner, name).await, Some(id));
    }
}

async fn those_that_wait_are_found_from_the_first_batch_on_when_the_progress_was_lost(
    database: EmptyDatabase,
) {
    let (store, db) = by_hand(&database).await;
    let owner = owner(&store).await;
    for number in 0..MANY {
        add(&store, owner, &format!("Before {number}.")).await;
    }
    // The second is what a build does that does not know of those that wait.
    for lose in [
        "DELETE FROM contact_index_progress",
        "UPDATE contact_index_progress SET reached = 0, finished_at = NULL",
    ] {
        fill(&store).await;
        let waiting = [add(&store, owner, "First").await, add(&store, owner, "Second").await];
        for statement in ["DELETE FROM contact_trigrams", lose] {
            db.execute_unprepared(statement).await.unwrap();
        }
        let rebuilt = store.repositories().contact_index().rebuild_next(10, NOW).await.unwrap();
        assert_eq!((rebuilt.contacts, rebuilt.is_whole), (10, false), "{lose}");
        assert_eq!(find(&store, owner, "before 70.").await, None, "{lose}");
        for (name, id) in ["first", "second"].into_iter().zip(waiting) {
            assert_eq!(find(&store, owner, name).await, Some(id), "{lose}");
            assert!(store.repositories().contacts().remove(owner, id).await.unwrap());
        }
    }
}
