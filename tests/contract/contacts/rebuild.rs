//! What contacts are searched by, after its table was taken back and made anew.

use std::sync::Arc;

use migration::{Migrator, MigratorTrait as _};
use sea_orm::ConnectionTrait as _;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactId, NewContact, Rebuilt};
use vestibule_domain::store::StoreError;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{at_once, contract};

use super::given::{add, facts, find, insert, owner};
use crate::given::{NOW, Stored, add_account};

contract!(database on [sqlite, postgres, mariadb]: [
    down_and_up_and_a_rebuild_give_the_same_answers,
    a_contact_that_is_changed_after_down_and_up_is_found_at_once,
    contacts_are_added_changed_and_removed_while_others_rebuild,
    several_rebuild_together_and_each_contact_once,
    a_rebuild_that_was_cut_off_goes_on,
    a_rebuild_begins_anew_when_it_is_told_to,
]);

/// The schema up to date, and a store on it.
async fn store(database: &EmptyDatabase) -> Stored {
    migration::up(&database.connect().await).await.unwrap();
    let options = DatabaseOptions { max_connections: 4, ..DatabaseOptions::new(database.url()) };
    Arc::new(SeaStore::connect(&options).await.unwrap())
}

/// Takes the table of trigrams back, and applies it again.
async fn down_and_up(database: &EmptyDatabase) {
    let db = database.connect().await;
    let history = Migrator::migrations();
    let kept = history.iter().position(|step| step.name() == "m20261126_020_contact_trigrams").unwrap();
    migration::down_by(&db, u32::try_from(history.len() - kept).unwrap()).await.unwrap();
    migration::up(&db).await.unwrap();
}

async fn rebuild_next(store: &Stored, limit: u64) -> Rebuilt {
    store.repositories().contact_index().rebuild_next(limit, NOW).await.unwrap()
}

/// Rebuilds to the end, and answers how many contacts it went through.
async fn rebuild(store: &Stored, limit: u64) -> u64 {
    let mut contacts = 0;
    loop {
        let rebuilt = rebuild_next(store, limit).await;
        contacts += rebuilt.contacts;
        if rebuilt.is_whole {
            return contacts;
        }
    }
}

const NAMES: [&str; 7] = ["Anna", "ANNA", "Johanna", "Олена Іваненко", "Straßmann", "Xi", "100%_\\ 'sure'"];
const PARTS: [&str; 16] = [
    "anna",
    "Anna",
    "ANNA",
    "nna",
    "n",
    "xi",
    "олена",
    "STRASS",
    "%_",
    "sure",
    "example.com",
    "EXAMPLE",
    "@",
    "",
    "nobody",
    "hann",
];

async fn answers(store: &Stored, owners: [AccountId; 2]) -> Vec<Option<ContactId>> {
    let mut answers = Vec::new();
    for owner in owners {
        for part in PARTS {
            answers.push(find(store, owner, part).await);
        }
    }
    answers
}

async fn down_and_up_and_a_rebuild_give_the_same_answers(database: EmptyDatabase) {
    let store = store(&database).await;
    let owners = [owner(&store).await, add_account(&store, "eve@example.com").await];
    for name in NAMES {
        add(&store, owners[0], name).await;
        insert(&store, owners[1], ContactFacts { email: None, ..facts(name) }).await;
    }
    insert(&store, owners[1], ContactFacts { email: None, ..facts("") }).await;
    let before = answers(&store, owners).await;
    down_and_up(&database).await;
    assert_ne!(answers(&store, owners).await, before);
    assert_eq!(rebuild(&store, 4).await, 15);
    assert_eq!(answers(&store, owners).await, before);
    assert_eq!(rebuild_next(&store, 4).await, Rebuilt { contacts: 0, is_whole: true });
}

async fn a_contact_that_is_changed_after_down_and_up_is_found_at_once(database: EmptyDatabase) {
    let store = store(&database).await;
    let owner = owner(&store).await;
    let id = add(&store, owner, "Ada Lovelace").await;
    down_and_up(&database).await;
    assert!(store.repositories().contacts().change(owner, id, &facts("Ada Byron")).await.unwrap());
    for part in ["ada", "byron", "Ada B", "somebody@"] {
        assert_eq!(find(&store, owner, part).await, Some(id), "{part}");
    }
    assert_eq!(rebuild(&store, 10).await, 1);
    assert_eq!(find(&store, owner, "Ada B").await, Some(id));
    assert!(store.repositories().contacts().remove(owner, id).await.unwrap());
    assert_eq!(find(&store, owner, "ada").await, None);
}

async fn contacts_are_added_changed_and_removed_while_others_rebuild(database: EmptyDatabase) {
    let store = store(&database).await;
    let owner = owner(&store).await;
    let mut ids = Vec::new();
    for number in 0..60 {
        ids.push(add(&store, owner, &format!("Before {number}.")).await);
    }
    down_and_up(&database).await;
    let rebuild = async || {
        let next = async || store.repositories().contact_index().rebuild_next(5, NOW).await;
        while !retried(next).await.is_whole {}
    };
    let change = async || {
        for (number, id) in ids.iter().enumerate().step_by(2) {
            let changed = facts(&format!("After {number}."));
            retried(async || store.repositories().contacts().change(owner, *id, &changed).await).await;
        }
    };
    let remove_and_add = async || {
        for id in ids.iter().skip(1).step_by(4) {
            retried(async || store.repositories().contacts().remove(owner, *id).await).await;
        }
        let contact = NewContact { owner, facts: facts("Newcomer"), avatar: None };
        retried(async || store.repositories().contacts().insert(&contact).await).await;
    };
    futures::join!(rebuild(), rebuild(), change(), remove_and_add());
    for (number, id) in ids.iter().enumerate() {
        let (before, after) = (format!("before {number}."), format!("after {number}."));
        let expected = match number % 4 {
            0 | 2 => [None, Some(*id)],
            1 => [None, None],
            _ => [Some(*id), None],
        };
        let found = [find(&store, owner, &before).await, find(&store, owner, &after).await];
        assert_eq!(found, expected, "{number}");
    }
    assert!(find(&store, owner, "newcomer").await.is_some());
}

/// Once more where the store asks for it, as the use cases do.
async fn retried<T>(call: impl AsyncFn() -> Result<T, StoreError>) -> T {
    for _ in 0..20 {
        match call().await {
            Err(StoreError::Retryable(_)) => tokio::task::yield_now().await,
            done => return done.unwrap(),
        }
    }
    panic!("the store asks for another try for ever");
}

async fn several_rebuild_together_and_each_contact_once(database: EmptyDatabase) {
    let store = store(&database).await;
    let owner = owner(&store).await;
    for number in 0..50 {
        add(&store, owner, &format!("Number {number}.")).await;
    }
    down_and_up(&database).await;
    let contacts = at_once(3, |_| {
        let store = store.clone();
        async move { rebuild(&store, 7).await }
    })
    .await;
    assert_eq!(contacts.iter().sum::<u64>(), 50, "{contacts:?}");
    for number in 0..50 {
        assert!(find(&store, owner, &format!("number {number}.")).await.is_some(), "{number}");
    }
}

async fn a_rebuild_that_was_cut_off_goes_on(database: EmptyDatabase) {
    let store = store(&database).await;
    let owner = owner(&store).await;
    let first = add(&store, owner, "First").await;
    // More than a search reads one by one on SQLite.
    for number in 0..70 {
        add(&store, owner, &format!("Number {number}.")).await;
    }
    let second = add(&store, owner, "Second").await;
    // More than are covered first there.
    for number in 70..140 {
        add(&store, owner, &format!("Number {number}.")).await;
    }
    down_and_up(&database).await;
    // A unit that is dropped has done nothing.
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.contact_index().rebuild_next(1, NOW).await.unwrap().contacts, 1);
    drop(unit);
    assert_eq!(find(&store, owner, "first").await, None);
    assert_eq!(rebuild_next(&store, 1).await, Rebuilt { contacts: 1, is_whole: false });
    assert_eq!(
        (find(&store, owner, "first").await, find(&store, owner, "second").await),
        (Some(first), None)
    );
    assert_eq!(rebuild_next(&store, 141).await, Rebuilt { contacts: 141, is_whole: false });
    assert_eq!(rebuild_next(&store, 1).await, Rebuilt { contacts: 0, is_whole: true });
    assert_eq!(find(&store, owner, "second").await, Some(second));
}

async fn a_rebuild_begins_anew_when_it_is_told_to(database: EmptyDatabase) {
    let store = store(&database).await;
    let owner = owner(&store).await;
    let id = add(&store, owner, "Ada").await;
    assert_eq!(rebuild(&store, 10).await, 1);
    // As something that is not ours might.
    database
        .connect()
        .await
        .execute_unprepared("UPDATE contacts SET fullname = 'Eve', fullname_folded = 'eve'")
        .await
        .unwrap();
    assert_eq!((rebuild(&store, 10).await, find(&store, owner, "eve").await), (0, None));
    store.repositories().contact_index().begin_anew().await.unwrap();
    assert_eq!((rebuild(&store, 10).await, find(&store, owner, "eve").await), (1, Some(id)));
    assert_eq!(find(&store, owner, "ada").await, None);
    // What is there of the name before is in nobody's way.
    assert!(store.repositories().contacts().change(owner, id, &facts("Ada")).await.unwrap());
    assert_eq!(find(&store, owner, "ada").await, Some(id));
}
