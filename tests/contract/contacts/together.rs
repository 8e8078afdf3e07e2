//! Many contacts at once, and an address book part by part.

use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, Contact, ContactId, Text};
use vestibule_domain::store::{Constraint, StoreError};
use vestibule_tests::contract;

use super::given::{add, facts, find, owner};
use crate::given::{Stored, add_account};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    contacts_are_added_in_their_order_with_all_that_is_known_of_them,
    they_are_found_by_their_parts,
    an_address_book_is_read_part_by_part,
    an_account_that_is_not_there_gets_none,
    what_a_unit_adds_is_gone_without_its_commit,
]);

fn contacts(names: impl IntoIterator<Item = String>) -> Vec<ImportedContact> {
    let contact = |name: String| ImportedContact { facts: facts(&name), avatar: None };
    names.into_iter().map(contact).collect()
}

fn numbered(number: usize) -> Vec<ImportedContact> {
    contacts((0..number).map(|number| format!("Number {number}.")))
}

async fn after(store: &Stored, owner: AccountId, after: i64, limit: u64) -> Vec<Contact> {
    store.repositories().contacts().after(owner, ContactId(after), limit).await.unwrap()
}

async fn contacts_are_added_in_their_order_with_all_that_is_known_of_them(store: Stored) {
    let owner = owner(&store).await;
    let first = add(&store, owner, "First").await;
    let mut many = contacts(["b", "a", "b"].map(str::to_owned));
    many[1].avatar = Some(Avatar::given(Text::parse("https://example.com/a.png").unwrap()));
    many[2].facts.email = None;
    store.repositories().contacts().insert_all(owner, &many).await.unwrap();
    let found = after(&store, owner, first.0, 9).await;
    assert!(found.is_sorted_by_key(|contact| contact.id) && found[0].id > first);
    let found: Vec<_> =
        found.into_iter().map(|Contact { facts, avatar, .. }| ImportedContact { facts, avatar }).collect();
    assert_eq!(found, many);
    store.repositories().contacts().insert_all(owner, &[]).await.unwrap();
}

async fn they_are_found_by_their_parts(store: Stored) {
    let owner = owner(&store).await;
    let other = add_account(&store, "other@example.com").await;
    add(&store, other, "Number 7.").await;
    store.repositories().contacts().insert_all(owner, &numbered(600)).await.unwrap();
    let all = after(&store, owner, 0, 600).await;
    for place in [0, 7, 511, 512, 599] {
        assert_eq!(find(&store, owner, &format!("umber {place}.")).await, Some(all[place].id), "{place}");
    }
}

async fn an_address_book_is_read_part_by_part(store: Stored) {
    let owner = owner(&store).await;
    let other = add_account(&store, "other@example.com").await;
    let mut ids = Vec::new();
    for name in ["c", "a", "b"] {
        ids.push(add(&store, owner, name).await);
        add(&store, other, name).await;
    }
    let part = async |from: i64, limit: u64| {
        let part = after(&store, owner, from, limit).await;
        part.into_iter().map(|contact| contact.id).collect::<Vec<_>>()
    };
    assert_eq!(part(i64::MIN, 2).await, ids[..2]);
    assert_eq!(part(ids[1].0, 2).await, ids[2..]);
    assert_eq!(part(ids[0].0 + 1, 9).await, ids[1..]);
    assert_eq!(part(ids[2].0, 9).await, []);
    assert_eq!(part(i64::MIN, 0).await, []);
}

async fn an_account_that_is_not_there_gets_none(store: Stored) {
    let added = store.repositories().contacts().insert_all(AccountId(4_711), &numbered(2)).await;
    let added = added.unwrap_err();
    let is_refused = matches!(added, StoreError::Conflict { constraint: Constraint::ForeignKey });
    assert!(is_refused, "{added:?}");
    assert_eq!(after(&store, AccountId(4_711), 0, 9).await, []);
}

async fn what_a_unit_adds_is_gone_without_its_commit(store: Stored) {
    let owner = owner(&store).await;
    let mut unit = store.begin().await.unwrap();
    unit.contacts().insert_all(owner, &numbered(3)).await.unwrap();
    assert_eq!(unit.contacts().after(owner, ContactId(0), 9).await.unwrap().len(), 3);
    drop(unit);
    assert_eq!(after(&store, owner, 0, 9).await, []);
}
