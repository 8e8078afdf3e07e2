//! The contract of `AccountDirectory`.

use time::Duration;
use vestibule_domain::accounts::{
    AccountDetails, AccountEdit, AccountId, AddressBeginning, DirectoryPage, EmailAddress, NamePart,
};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_tests::contract;

use crate::given::{MOMENT, NOW, Stored, account, add, add_account, nameless, read, username};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    accounts_come_in_order_of_creation_and_then_of_ids,
    a_page_past_the_end_is_empty_and_knows_the_total,
    accounts_in_the_trash_are_not_listed_and_can_be_viewed,
    a_restored_account_is_listed_and_found_again,
    a_part_of_a_name_is_found_wherever_it_stands,
    letter_case_does_not_matter_in_any_script,
    every_character_of_a_part_stands_for_itself,
    an_account_without_a_name_is_in_no_search,
    hits_come_in_order_and_page_by_page,
    an_account_is_found_by_its_new_name_alone,
    whoever_edited_an_account_is_shown,
    an_account_of_a_unit_that_was_dropped_is_neither_listed_nor_counted,
    accounts_that_were_purged_are_neither_listed_nor_found,
    addresses_are_found_by_their_beginning_in_their_order,
    every_character_of_a_beginning_stands_for_itself,
    an_address_in_the_trash_is_found,
]);

pub(crate) fn numbered(page: u64, items: u16) -> PageRequest {
    PageRequest::numbered(page, PageLimit::new(items))
}

pub(crate) async fn page(store: &Stored, part: &str, page: PageRequest) -> DirectoryPage {
    let part = NamePart::new(part);
    store.repositories().directory().page(part.as_ref(), page).await.unwrap()
}

/// The ids of all hits, and the total.
async fn ids(store: &Stored, part: &str) -> (Vec<AccountId>, u64) {
    let page = page(store, part, numbered(1, 100)).await;
    (page.accounts.iter().map(|account| account.id).collect(), page.total)
}

pub(crate) fn called(name: &str) -> AccountDetails {
    AccountDetails { username: Some(username(name)), ..nameless(name) }
}

async fn names(store: &Stored, names: &[&str]) -> Vec<AccountId> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(add(store, &called(name)).await);
    }
    ids
}

async fn accounts_come_in_order_of_creation_and_then_of_ids(store: Stored) {
    let second = add_account(&store, "b@example.com").await;
    let third = add_account(&store, "c@example.com").await;
    let first = AccountDetails { created_at: NOW - MOMENT, ..account("a@example.com") };
    let first = add(&store, &first).await;
    assert_eq!(ids(&store, "").await, (vec![first, second, third], 3));
    let page = page(&store, "", numbered(2, 2)).await;
    assert_eq!((page.accounts[0].id, page.accounts.len(), page.total), (third, 1, 3));
}

async fn a_page_past_the_end_is_empty_and_knows_the_total(store: Stored) {
    names(&store, &["ada", "eva"]).await;
    for (part, total) in [("", 2), ("a", 2), ("ada", 1), ("nobody", 0)] {
        for past in [numbered(2, 10), numbered(u64::MAX, 10)] {
            assert_eq!(page(&store, part, past).await, DirectoryPage { accounts: vec![], total });
        }
    }
}

async fn accounts_in_the_trash_are_not_listed_and_can_be_viewed(store: Stored) {
    let [ada, eva] = names(&store, &["ada", "eva"]).await[..] else { panic!() };
    store.repositories().trash().put(&[ada], Some(eva), NOW, "gone").await.unwrap();
    for part in ["", "a", "da", "ada"] {
        assert!(!ids(&store, part).await.0.contains(&ada));
    }
    assert_eq!(ids(&store, "").await, (vec![eva], 1));
    let uuid = called("ada").uuid;
    let view = store.repositories().directory().view(uuid).await.unwrap().unwrap();
    assert_eq!((view.id, view.deleted_at), (ada, Some(NOW)));
    assert_eq!(store.repositories().directory().view_by_id(ada).await.unwrap(), Some(view));
    let nobody = AccountId(ada.0.max(eva.0) + 1);
    assert_eq!(store.repositories().directory().view_by_id(nobody).await.unwrap(), None);
}

async fn a_restored_account_is_listed_and_found_again(store: Stored) {
    let [ada, eva] = names(&store, &["ada", "eva"]).await[..] else { panic!() };
    store.repositories().trash().put(&[ada], None, NOW, "gone").await.unwrap();
    assert!(store.repositories().trash().restore(ada).await.unwrap());
    assert_eq!(ids(&store, "").await, (vec![ada, eva], 2));
    assert_eq!(ids(&store, "ada").await, (vec![ada], 1));
    assert_eq!(read(&store, ada).await.details, called("ada"));
}

async fn a_part_of_a_name_is_found_wherever_it_stands(store: Stored) {
    let [lovelace, byron, grace] = names(&store, &["ada.lovelace", "byron", "grace"]).await[..] else {
        panic!()
    };
    for (part, hits) in [
        ("ada", vec![lovelace]),
        ("lace", vec![lovelace]),
        ("ada.lovelace", vec![lovelace]),
        ("lovelacf", vec![]),
        ("ada.lovelace.", vec![]),
        ("ce", vec![lovelace, grace]),
        ("n", vec![byron]),
        ("e", vec![lovelace, grace]),
        ("yro", vec![byron]),
        ("x", vec![]),
        // Each three characters are there, and not in a row.
        ("acelove", vec![]),
    ] {
        let total = hits.len() as u64;
        assert_eq!(ids(&store, part).await, (hits, total), "{part}");
    }
}

async fn letter_case_does_not_matter_in_any_script(store: Stored) {
    let [olena, odysseus, strasse] = names(&store, &["ОЛЕНА", "Οδυσσεύς", "Straße"]).await[..]
    else {
        panic!()
    };
    for (part, hit) in
        [("лен", olena), ("ЛЕН", olena), ("ΣΕΎΣ", odysseus), ("εύσ", odysseus), ("STRASSE", strasse)]
    {
        assert_eq!(ids(&store, part).await.0, [hit], "{part}");
    }
    // An accent is another letter.
    assert_eq!(ids(&store, "σευ").await.1, 0);
}

async fn every_character_of_a_part_stands_for_itself(store: Stored) {
    let [percent, dots, quoted] = names(&store, &["100%_sure", "a.*b\\", "o'neil\"--"]).await[..] else {
        panic!()
    };
    for (part, hits) in [
        ("%", vec![percent]),
        ("_", vec![percent]),
        ("0%_s", vec![percent]),
        (".*", vec![dots]),
        ("a.*b\\", vec![dots]),
        ("\\", vec![dots]),
        ("'", vec![quoted]),
        ("\"--", vec![quoted]),
        ("1__%", vec![]),
    ] {
        assert_eq!(ids(&store, part).await.0, hits, "{part}");
    }
}

async fn an_account_without_a_name_is_in_no_search(store: Stored) {
    let id = add_account(&store, "ada@example.com").await;
    assert_eq!(ids(&store, "a").await, (vec![], 0));
    assert_eq!(ids(&store, "").await, (vec![id], 1));
}

async fn hits_come_in_order_and_page_by_page(store: Stored) {
    let mut expected = Vec::new();
    for number in 0..25 {
        // The later it is added, the older it is.
        let created_at = NOW - Duration::minutes(number);
        let details = AccountDetails { created_at, ..called(&format!("person {number}")) };
        expected.insert(0, add(&store, &details).await);
    }
    for part in ["", "p", "rs", "son", "person "] {
        let mut found = Vec::new();
        for number in 1..=3 {
            let page = page(&store, part, numbered(number, 10)).await;
            assert_eq!(page.total, 25, "{part}");
            found.extend(page.accounts.iter().map(|account| account.id));
        }
        assert_eq!(found, expected, "{part}");
    }
}

async fn an_account_is_found_by_its_new_name_alone(store: Stored) {
    let [ada, eva] = names(&store, &["ada", "eva"]).await[..] else { panic!() };
    let edit = AccountEdit {
        clears_email: false,
        mobile: None,
        email: None,
        username: Some(username("grace")),
        updated_by: Some(eva),
        updated_at: NOW + MOMENT,
    };
    assert!(store.repositories().accounts().edit(ada, &edit).await.unwrap());
    assert_eq!(ids(&store, "ada").await, (vec![], 0));
    assert_eq!(ids(&store, "grace").await, (vec![ada], 1));
    assert_eq!(ids(&store, "a").await, (vec![ada, eva], 2));
    assert_eq!(ids(&store, "").await.1, 2);
}

async fn whoever_edited_an_account_is_shown(store: Stored) {
    let [ada, eva] = names(&store, &["ada", "eva"]).await[..] else { panic!() };
    let edit = AccountEdit {
        clears_email: false,
        mobile: None,
        email: None,
        username: None,
        updated_by: Some(eva),
        updated_at: NOW + MOMENT,
    };
    assert!(store.repositories().accounts().edit(ada, &edit).await.unwrap());
    let page = page(&store, "", numbered(1, 10)).await;
    assert_eq!(page.accounts[0].updated_by, Some(called("eva").uuid));
    assert_eq!(page.accounts[0].updated_at, NOW + MOMENT);
    assert_eq!(page.accounts[1].updated_by, None);
}

async fn an_account_of_a_unit_that_was_dropped_is_neither_listed_nor_counted(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    unit.accounts().insert(&called("ada")).await.unwrap();
    drop(unit);
    for part in ["", "ada"] {
        assert_eq!(ids(&store, part).await, (vec![], 0));
    }
}

async fn accounts_that_were_purged_are_neither_listed_nor_found(store: Stored) {
    add(&store, &AccountDetails { is_active: false, ..called("ada") }).await;
    let eva = add(&store, &called("eva")).await;
    let purged = store.repositories().accounts().purge_never_activated(NOW, NOW, 10).await.unwrap();
    assert_eq!(purged.accounts, 1);
    assert_eq!(ids(&store, "").await, (vec![eva], 1));
    assert_eq!(ids(&store, "ada").await, (vec![], 0));
    // The name is free again.
    let ada = add(&store, &called("ada")).await;
    assert_eq!(ids(&store, "ada").await, (vec![ada], 1));
}

/// The addresses that begin so, after one.
async fn addresses(store: &Stored, beginning: &str, after: Option<&str>, limit: u64) -> Vec<String> {
    let beginning = AddressBeginning::new(beginning).unwrap();
    let after = after.map(|after| EmailAddress::from_stored(after.to_owned()));
    let mut repositories = store.repositories();
    let found = repositories.directory().with_address(&beginning, after.as_ref(), limit).await.unwrap();
    found.into_iter().map(|account| account.email.unwrap().to_string()).collect()
}

async fn addresses_are_found_by_their_beginning_in_their_order(store: Stored) {
    for name in ["ada", "ada-b", "adam", "ad", "éva"] {
        add_account(&store, &format!("{name}@example.com")).await;
    }
    add(&store, &called("ada")).await;
    // By code points: a dash comes before the @, letters after it, and no collation has a say.
    let all = ["ad@example.com", "ada-b@example.com", "ada@example.com", "adam@example.com"];
    for (beginning, hits) in [
        ("ad", &all[..]),
        ("ADA", &all[1..]),
        ("ada@", &all[2..3]),
        ("adam@example.com", &all[3..]),
        ("e", &[]),
        ("é", &["éva@example.com"]),
        ("example", &[]),
    ] {
        assert_eq!(addresses(&store, beginning, None, 10).await, hits, "{beginning}");
    }
    assert_eq!(addresses(&store, "ad", None, 2).await, all[..2]);
    assert_eq!(addresses(&store, "ad", Some(all[1]), 10).await, all[2..]);
    assert_eq!(addresses(&store, "ad", Some("a"), 1).await, all[..1]);
    assert!(addresses(&store, "ad", Some("b"), 10).await.is_empty());
}

async fn every_character_of_a_beginning_stands_for_itself(store: Stored) {
    for address in ["a_b@example.com", "a%b@example.com", "axb@example.com"] {
        add_account(&store, address).await;
    }
    for (beginning, hits) in
        [("a_", &["a_b@example.com"][..]), ("a%", &["a%b@example.com"]), ("%", &[]), ("a\\", &[]), ("'", &[])]
    {
        assert_eq!(addresses(&store, beginning, None, 10).await, hits, "{beginning}");
    }
}

async fn an_address_in_the_trash_is_found(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    store.repositories().trash().put(&[ada], None, NOW, "gone").await.unwrap();
    let beginning = AddressBeginning::new("ada").unwrap();
    let found = store.repositories().directory().with_address(&beginning, None, 10).await.unwrap();
    assert_eq!((found[0].id, found[0].deleted_at), (ada, Some(NOW)));
}
