//! The contract of `AccountDirectory`: a part inside addresses.

use vestibule_domain::accounts::{AccountDetails, AddressPart, EmailAddress};
use vestibule_domain::page::Reach;
use vestibule_tests::contract;

use crate::directory::called;
use crate::given::{NOW, Stored, add, add_account};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    addresses_are_found_by_a_part_inside_of_them,
    every_character_of_a_part_of_an_address_stands_for_itself,
    a_search_for_a_part_of_an_address_says_how_far_it_came,
]);

/// The addresses that have the part inside, in parts of the search that reach so far.
async fn with_part(store: &Stored, part: &str, reach: Reach) -> Vec<String> {
    let part = AddressPart::new(part).unwrap();
    let (mut found, mut after) = (Vec::new(), None);
    for _ in 0..100 {
        let mut repositories = store.repositories();
        let hits = repositories.directory().with_address_part(&part, after.as_ref(), reach).await.unwrap();
        assert!(hits.items.len() as u64 <= reach.items);
        found.extend(hits.items.into_iter().map(|account| account.email.unwrap().to_string()));
        after = hits.next;
        if after.is_none() {
            return found;
        }
    }
    panic!("{part:?} {reach:?} has no end");
}

async fn addresses_are_found_by_a_part_inside_of_them(store: Stored) {
    let lovelace = "ada.lovelace@example.org";
    for address in [lovelace, "byron@example.com", "love@ada.net", "éva.müller@site.net"] {
        add_account(&store, address).await;
    }
    add(&store, &AccountDetails { email: None, ..called("example") }).await;
    let gone = add_account(&store, "gone@example.net").await;
    store.repositories().trash().put(&[gone], None, NOW, "gone").await.unwrap();
    for (part, hits) in [
        ("example", &[lovelace, "byron@example.com", "gone@example.net"][..]),
        ("OVELACE", &[lovelace]),
        ("@EXAMPLE.ORG", &[lovelace]),
        ("MÜLLER", &["éva.müller@site.net"]),
        ("va.m", &["éva.müller@site.net"]),
        // It begins with the part.
        ("love", &[lovelace]),
        ("ada", &["love@ada.net"]),
        ("byron", &[]),
        ("é", &[]),
        ("nobody", &[]),
        ("org.", &[]),
    ] {
        for items in [1, 2, 100] {
            for looked_at in [1, 2, 5, 100] {
                let reach = Reach { items, looked_at };
                assert_eq!(with_part(&store, part, reach).await, hits, "{part} {reach:?}");
            }
        }
    }
}

async fn every_character_of_a_part_of_an_address_stands_for_itself(store: Stored) {
    for address in ["a_b@example.com", "a%b@example.com", "axb@example.com", "o'neil@example.com"] {
        add_account(&store, address).await;
    }
    for (part, hits) in [
        ("_b", &["a_b@example.com"][..]),
        ("%b", &["a%b@example.com"]),
        ("'", &["o'neil@example.com"]),
        ("%@", &[]),
        ("\\", &[]),
        ("_@", &[]),
        ("x%", &[]),
    ] {
        assert_eq!(with_part(&store, part, Reach { items: 10, looked_at: 1_000 }).await, hits, "{part}");
    }
}

async fn a_search_for_a_part_of_an_address_says_how_far_it_came(store: Stored) {
    for name in ["a", "b", "c", "d", "e"] {
        add_account(&store, &format!("{name}@example.com")).await;
    }
    add_account(&store, "f@rare.net").await;
    let part = AddressPart::new("rare").unwrap();
    let mut repositories = store.repositories();
    let looked_at = Reach { items: 10, looked_at: 4 };
    let first = repositories.directory().with_address_part(&part, None, looked_at).await.unwrap();
    assert_eq!((first.items.len(), first.next.as_ref().unwrap().as_str()), (0, "d@example.com"));
    let rest =
        repositories.directory().with_address_part(&part, first.next.as_ref(), looked_at).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
    // A place beyond all addresses is the end.
    let beyond = EmailAddress::from_stored("z".to_owned());
    let none = repositories.directory().with_address_part(&part, Some(&beyond), looked_at).await.unwrap();
    assert_eq!((none.items.len(), none.next), (0, None));
}
