//! The contract of `TrashRepository`.

use time::{Duration, OffsetDateTime};
use vestibule_domain::accounts::{AccountDetails, AccountEdit, AccountId, Gender};
use vestibule_domain::contacts::{Avatar, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::page::Page;
use vestibule_domain::store::Constraint;
use vestibule_domain::trash::{RemovedKinds, RemovedRows, TrashEntry};
use vestibule_tests::contract;

use crate::contacts::given as contacts;
use crate::directory::{called, numbered};
use crate::given::{
    MOMENT, NOBODY, NOW, Stored, account, add, add_account, add_refresh_token, add_session, conflict, id,
    read, refresh_token,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_account_in_the_trash_has_an_entry_and_a_time,
    an_entry_is_found_by_its_account_until_it_is_restored_or_its_removal_begins,
    the_trash_is_listed_oldest_first_and_page_by_page,
    the_trash_goes_on_after_a_place_without_a_gap,
    an_account_is_in_the_trash_once,
    nobody_is_put_there_by_nobody,
    what_is_restored_has_no_entry_any_more,
    what_was_never_there_is_not_restored,
    a_removal_that_began_is_not_taken_back,
    a_removal_is_under_way_once_it_began,
    what_is_due_comes_oldest_first_after_what_began,
    what_was_put_off_lets_others_pass_until_its_time_comes,
    what_is_restored_was_never_put_off,
    nothing_goes_before_the_removal_began,
    what_belongs_to_an_account_goes_in_parts_with_its_pictures,
    a_profile_beside_a_full_part_of_contacts_goes_too,
    an_account_goes_with_what_is_left,
    those_that_named_it_stay,
    its_address_and_its_name_are_free_again,
    what_a_dropped_unit_put_there_is_not_there,
]);

async fn put(store: &Stored, account: AccountId) {
    store.repositories().trash().put(&[account], None, NOW, "gone").await.unwrap();
}

async fn list(store: &Stored) -> Page<TrashEntry> {
    store.repositories().trash().list(numbered(1, 100)).await.unwrap()
}

async fn an_account_in_the_trash_has_an_entry_and_a_time(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    let eva = add(&store, &called("eva")).await;
    store.repositories().trash().put(&[ada], Some(eva), NOW, "she asked: Олена 🦀").await.unwrap();
    let page = list(&store).await;
    let [entry] = &page.items[..] else { panic!("{page:?}") };
    assert_eq!((entry.account, entry.deleted_by), (called("ada").uuid, Some(called("eva").uuid)));
    assert_eq!((&entry.username, &entry.email), (&called("ada").username, &called("ada").email));
    assert_eq!((entry.deleted_at, &*entry.reason, page.total), (NOW, "she asked: Олена 🦀", 1));
    assert_eq!(read(&store, ada).await.details, AccountDetails { deleted_at: Some(NOW), ..called("ada") });
}

async fn an_entry_is_found_by_its_account_until_it_is_restored_or_its_removal_begins(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    let eva = add(&store, &called("eva")).await;
    let mut repositories = store.repositories();
    assert_eq!(repositories.trash().entry(ada).await.unwrap(), None);
    assert_eq!(repositories.trash().entry(NOBODY).await.unwrap(), None);
    repositories.trash().put(&[eva], None, NOW, "").await.unwrap();
    repositories.trash().put(&[ada], Some(ada), NOW + MOMENT, "enough").await.unwrap();
    let entry = repositories.trash().entry(ada).await.unwrap().unwrap();
    assert_eq!((entry.account, entry.deleted_by), (called("ada").uuid, Some(called("ada").uuid)));
    assert_eq!((entry.deleted_at, &*entry.reason), (NOW + MOMENT, "enough"));
    assert_eq!(repositories.trash().entry(eva).await.unwrap().unwrap().deleted_by, None);
    assert!(repositories.trash().restore(ada).await.unwrap());
    assert_eq!(repositories.trash().entry(ada).await.unwrap(), None);
    assert!(repositories.trash().begin_removal(eva, NOW).await.unwrap());
    assert_eq!(repositories.trash().entry(eva).await.unwrap(), None);
}

async fn the_trash_goes_on_after_a_place_without_a_gap(store: Stored) {
    let mut accounts = Vec::new();
    for number in 0..7 {
        let account = add(&store, &called(&format!("person {number}"))).await;
        // Some are of one moment.
        let at = NOW + MOMENT * (number / 3);
        store.repositories().trash().put(&[account], None, at, "gone").await.unwrap();
        accounts.push(account);
    }
    assert!(store.repositories().trash().begin_removal(accounts[4], NOW).await.unwrap());
    let expected: Vec<_> = list(&store).await.items;
    assert_eq!(expected.len(), 6);
    for limit in [1, 2, 3, 6, 100] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let part = store.repositories().trash().after(after, limit).await.unwrap();
            assert!(!part.items.is_empty() && part.items.len() as u64 <= limit);
            found.extend(part.items);
            after = part.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected, "{limit}");
    }
}

async fn the_trash_is_listed_oldest_first_and_page_by_page(store: Stored) {
    let mut ids = Vec::new();
    for name in ["a", "b", "c", "d"] {
        ids.push(add(&store, &called(name)).await);
    }
    let mut repositories = store.repositories();
    repositories.trash().put(&[ids[1], ids[0]], None, NOW, "later").await.unwrap();
    repositories.trash().put(&[ids[3]], None, NOW - MOMENT, "earlier").await.unwrap();
    repositories.trash().put(&[ids[2]], None, NOW + MOMENT, "").await.unwrap();
    let mut found = Vec::new();
    for number in 1..=3 {
        let page = repositories.trash().list(numbered(number, 2)).await.unwrap();
        assert_eq!(page.total, 4);
        found.extend(page.items.iter().map(|entry| entry.account));
    }
    assert_eq!(found, ["d", "b", "a", "c"].map(|name| called(name).uuid));
}

async fn an_account_is_in_the_trash_once(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    put(&store, ada).await;
    let again = store.repositories().trash().put(&[ada], None, NOW, "again").await;
    assert_eq!(conflict(again), Constraint::Trash);
    assert_eq!(list(&store).await.total, 1);
}

async fn nobody_is_put_there_by_nobody(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    for (account, by) in [(NOBODY, None), (ada, Some(NOBODY))] {
        let answer = store.repositories().trash().put(&[account], by, NOW, "").await;
        assert_eq!(conflict(answer), Constraint::ForeignKey);
    }
    assert_eq!(read(&store, ada).await.details.deleted_at, None);
}

async fn what_is_restored_has_no_entry_any_more(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    put(&store, ada).await;
    assert!(store.repositories().trash().restore(ada).await.unwrap());
    assert_eq!(list(&store).await, Page { items: vec![], total: 0 });
    assert_eq!(read(&store, ada).await.details, account("ada@example.com"));
    assert!(!store.repositories().trash().restore(ada).await.unwrap());
    put(&store, ada).await;
    assert_eq!(list(&store).await.total, 1);
}

async fn what_was_never_there_is_not_restored(store: Stored) {
    let trashed = AccountDetails { deleted_at: Some(NOW), ..account("ada@example.com") };
    let ada = add(&store, &trashed).await;
    assert!(!store.repositories().trash().restore(ada).await.unwrap());
    assert!(!store.repositories().trash().begin_removal(ada, NOW).await.unwrap());
    assert_eq!(read(&store, ada).await.details, trashed);
}

async fn a_removal_that_began_is_not_taken_back(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    put(&store, ada).await;
    let mut repositories = store.repositories();
    for _ in 0..2 {
        assert!(repositories.trash().begin_removal(ada, NOW).await.unwrap());
        assert!(!repositories.trash().restore(ada).await.unwrap());
        assert_eq!(list(&store).await, Page { items: vec![], total: 0 });
    }
    assert_eq!(read(&store, ada).await.details.deleted_at, Some(NOW));
}

async fn a_removal_is_under_way_once_it_began(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut repositories = store.repositories();
    assert!(!repositories.trash().is_being_removed(ada).await.unwrap());
    put(&store, ada).await;
    assert!(!repositories.trash().is_being_removed(ada).await.unwrap());
    assert!(repositories.trash().begin_removal(ada, NOW).await.unwrap());
    assert!(repositories.trash().is_being_removed(ada).await.unwrap());
    assert!(!repositories.trash().is_being_removed(NOBODY).await.unwrap());
}

/// Those that are due.
async fn due(
    store: &Stored,
    until: Option<OffsetDateTime>,
    now: OffsetDateTime,
    limit: u64,
) -> Vec<AccountId> {
    let due = store.repositories().trash().due(until, now, limit).await.unwrap();
    due.iter().map(|due| due.account).collect()
}

async fn what_was_put_off_lets_others_pass_until_its_time_comes(store: Stored) {
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        let id = add_account(&store, &format!("{name}@example.com")).await;
        put(&store, id).await;
        ids.push(id);
    }
    let mut repositories = store.repositories();
    repositories.trash().begin_removal(ids[0], NOW).await.unwrap();
    let later = NOW + Duration::HOUR;
    for id in [ids[0], ids[1]] {
        assert!(repositories.trash().put_off_removal(id, later).await.unwrap());
    }
    assert_eq!(due(&store, Some(NOW), NOW, 1).await, [ids[2]]);
    assert_eq!(due(&store, Some(NOW), later - MOMENT, 10).await, [ids[2]]);
    assert_eq!(due(&store, Some(NOW), later, 10).await, ids);
    assert!(repositories.trash().put_off_removal(ids[0], later).await.unwrap());
    let found = repositories.trash().due(Some(NOW), later, 10).await.unwrap();
    assert_eq!(found.iter().map(|due| due.failures).collect::<Vec<_>>(), [2, 1, 0]);
    assert!(!repositories.trash().put_off_removal(NOBODY, later).await.unwrap());
    // Whoever wants it gone now need not wait.
    assert!(repositories.trash().remove(ids[0]).await.unwrap().is_some());
}

async fn what_is_restored_was_never_put_off(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    put(&store, ada).await;
    let mut repositories = store.repositories();
    repositories.trash().put_off_removal(ada, NOW + Duration::HOUR).await.unwrap();
    assert!(repositories.trash().restore(ada).await.unwrap());
    put(&store, ada).await;
    assert_eq!(due(&store, Some(NOW), NOW, 10).await, [ada]);
}

async fn what_is_due_comes_oldest_first_after_what_began(store: Stored) {
    let mut ids = Vec::new();
    for days in [1, 4, 3, 2] {
        let id = add_account(&store, &format!("{days}@example.com")).await;
        store.repositories().trash().put(&[id], None, NOW - Duration::days(days), "").await.unwrap();
        ids.push(id);
    }
    let due = async |until, limit| due(&store, until, NOW, limit).await;
    let until = Some(NOW - Duration::days(2));
    assert_eq!(due(until, 10).await, [ids[1], ids[2], ids[3]]);
    assert_eq!(due(until, 1).await, [ids[1]]);
    assert_eq!(due(None, 10).await, []);
    store.repositories().trash().begin_removal(ids[0], NOW).await.unwrap();
    assert_eq!(due(None, 10).await, [ids[0]]);
    assert_eq!(due(until, 2).await, [ids[0], ids[1]]);
}

async fn nothing_goes_before_the_removal_began(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let session = add_session(&store, ada, "session").await;
    put(&store, ada).await;
    let mut repositories = store.repositories();
    assert_eq!(repositories.trash().remove_some(ada, 10).await.unwrap(), RemovedRows::default());
    assert!(repositories.trash().remove(ada).await.unwrap().is_none());
    assert!(repositories.sessions().state(session).await.unwrap().is_some());
}

/// An account that is being removed, and has contacts with pictures, sessions and tokens.
async fn with_much(store: &Stored, contacts: usize) -> (AccountId, Vec<ObjectKey>) {
    let ada = add(store, &called("ada")).await;
    let mut pictures = Vec::new();
    for number in 0..contacts {
        let contact = contacts::add(store, ada, &format!("Person {number}")).await;
        let key = ObjectKey::new(MediaFolder::Contacts, id(&number.to_string()), PictureFormat::Png);
        let avatar = Avatar { url: Text::parse("https://example.com/a.png").unwrap(), object: Some(key) };
        assert!(store.repositories().contacts().set_avatar(ada, contact, &avatar).await.unwrap());
        pictures.push(key);
    }
    let session = add_session(store, ada, "session").await;
    add_refresh_token(store, &refresh_token(ada, session, "token")).await;
    put(store, ada).await;
    store.repositories().trash().begin_removal(ada, NOW).await.unwrap();
    (ada, pictures)
}

async fn what_belongs_to_an_account_goes_in_parts_with_its_pictures(store: Stored) {
    let (ada, mut pictures) = with_much(&store, 12).await;
    let other = add_account(&store, "other@example.com").await;
    let others = contacts::add(&store, other, "Person 1").await;
    let (mut found, mut parts, mut kinds) = (Vec::new(), 0, RemovedKinds::default());
    loop {
        let removed = store.repositories().trash().remove_some(ada, 5).await.unwrap();
        assert!(removed.rows <= 5, "{removed:?}");
        if removed.rows == 0 {
            break;
        }
        parts += 1;
        found.extend(removed.pictures);
        kinds += removed.kinds;
    }
    assert!(parts >= 3);
    pictures.sort_unstable_by_key(ToString::to_string);
    found.sort_unstable_by_key(ToString::to_string);
    assert_eq!(found, pictures);
    let expected = RemovedKinds { contacts: 12, sessions: 1, refresh_tokens: 1, ..RemovedKinds::default() };
    assert_eq!(kinds, expected);
    let mut repositories = store.repositories();
    assert!(repositories.contacts().list(ada, numbered(1, 100)).await.unwrap().is_empty());
    assert!(repositories.sessions().open(ada).await.unwrap().is_empty());
    assert!(repositories.contacts().by_id(other, others).await.unwrap().is_some());
    assert!(repositories.trash().remove(ada).await.unwrap().is_some());
    assert!(repositories.accounts().by_id(ada).await.unwrap().is_none());
}

async fn a_profile_beside_a_full_part_of_contacts_goes_too(store: Stored) {
    let (ada, _) = with_much(&store, 3).await;
    store.repositories().profiles().set_gender(ada, Some(Gender::Woman)).await.unwrap();
    loop {
        let removed = store.repositories().trash().remove_some(ada, 3).await.unwrap();
        assert!(removed.rows <= 3, "{removed:?}");
        if removed.rows == 0 {
            break;
        }
    }
    assert_eq!(store.repositories().profiles().of(ada).await.unwrap().gender, None);
    assert!(store.repositories().trash().remove(ada).await.unwrap().is_some());
}

async fn an_account_goes_with_what_is_left(store: Stored) {
    let (ada, _) = with_much(&store, 3).await;
    let mut repositories = store.repositories();
    assert!(repositories.trash().remove(ada).await.unwrap().is_some());
    assert!(repositories.accounts().by_id(ada).await.unwrap().is_none());
    assert!(repositories.contacts().list(ada, numbered(1, 100)).await.unwrap().is_empty());
    assert!(repositories.trash().due(None, NOW, 10).await.unwrap().is_empty());
    assert!(repositories.trash().remove(ada).await.unwrap().is_none());
}

async fn those_that_named_it_stay(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    let (eva, grace) = (add(&store, &called("eva")).await, add(&store, &called("grace")).await);
    let edit = AccountEdit {
        email: None,
        clears_email: false,
        username: None,
        mobile: None,
        updated_by: Some(ada),
        updated_at: NOW,
    };
    let mut repositories = store.repositories();
    for id in [ada, eva, grace] {
        assert!(repositories.accounts().edit(id, &edit).await.unwrap());
    }
    repositories.trash().put(&[grace], Some(ada), NOW, "").await.unwrap();
    put(&store, ada).await;
    repositories.trash().begin_removal(ada, NOW).await.unwrap();
    while repositories.trash().remove_some(ada, 1).await.unwrap().rows > 0 {}
    assert!(repositories.trash().remove(ada).await.unwrap().is_some());
    assert_eq!(read(&store, eva).await.details.updated_by, None);
    let page = list(&store).await;
    assert_eq!((page.total, page.items[0].account), (1, called("grace").uuid));
    assert_eq!(page.items[0].deleted_by, None);
}

async fn its_address_and_its_name_are_free_again(store: Stored) {
    let details = AccountDetails { username: called("ada").username, ..account("ada@example.com") };
    let ada = add(&store, &details).await;
    put(&store, ada).await;
    store.repositories().trash().begin_removal(ada, NOW).await.unwrap();
    assert!(store.repositories().trash().remove(ada).await.unwrap().is_some());
    let again = add(&store, &details).await;
    assert_eq!(read(&store, again).await.details, details);
    let page = store.repositories().directory().page(None, numbered(1, 10)).await.unwrap();
    assert_eq!((page.total, page.accounts.len()), (1, 1));
}

async fn what_a_dropped_unit_put_there_is_not_there(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut unit = store.begin().await.unwrap();
    unit.trash().put(&[ada], None, NOW, "").await.unwrap();
    drop(unit);
    assert_eq!(list(&store).await, Page { items: vec![], total: 0 });
    assert_eq!(read(&store, ada).await.details.deleted_at, None);
}
