//! Searching by a part of a name or an address.

use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactId, Text};
use vestibule_tests::contract;

use super::given::{add, facts, find, insert, owner};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_part_of_a_name_is_found_wherever_it_is,
    a_name_is_preferred_to_an_address,
    the_same_letter_case_is_preferred_to_another,
    the_least_id_is_preferred,
    the_order_of_preferences_is_name_case_id,
    letter_case_does_not_matter_in_any_script,
    wildcards_are_letters,
    a_contact_without_an_address_is_found_by_its_name,
    one_and_two_characters_are_found,
    what_is_nowhere_is_not_found,
    a_part_must_be_in_one_text,
]);

/// Adds a person with this name and address.
async fn person(store: &Stored, owner: AccountId, name: &str, email: &str) -> ContactId {
    let email = Some(Text::parse(email).unwrap());
    insert(store, owner, ContactFacts { email, ..facts(name) }).await
}

async fn a_part_of_a_name_is_found_wherever_it_is(store: Stored) {
    let owner = owner(&store).await;
    add(&store, owner, "Grace Hopper").await;
    let id = add(&store, owner, "Ada Lovelace").await;
    for part in ["Ada", "Ada Lovelace", "a L", "vela", "lace", "ace"] {
        let expected = if part == "ace" { find(&store, owner, "Grace").await } else { Some(id) };
        assert_eq!(find(&store, owner, part).await, expected, "{part}");
    }
}

async fn a_name_is_preferred_to_an_address(store: Stored) {
    let owner = owner(&store).await;
    person(&store, owner, "Bob", "lovelace@example.com").await;
    let by_name = person(&store, owner, "Ada LOVELACE", "ada@example.com").await;
    assert_eq!(find(&store, owner, "lovelace").await, Some(by_name));
    assert_eq!(find(&store, owner, "ada@").await, Some(by_name));
    assert_ne!(find(&store, owner, "lovelace@").await, Some(by_name));
}

async fn the_same_letter_case_is_preferred_to_another(store: Stored) {
    let owner = owner(&store).await;
    let capitals = person(&store, owner, "ANNA", "X@EXAMPLE.ORG").await;
    let small = person(&store, owner, "Johanna", "x@example.org").await;
    assert_eq!(find(&store, owner, "anna").await, Some(small));
    assert_eq!(find(&store, owner, "ANNA").await, Some(capitals));
    assert_eq!(find(&store, owner, "aNNa").await, Some(capitals));
    assert_eq!(find(&store, owner, "example.org").await, Some(small));
    assert_eq!(find(&store, owner, "Example.org").await, Some(capitals));
}

async fn the_least_id_is_preferred(store: Stored) {
    let owner = owner(&store).await;
    let first = add(&store, owner, "Zoe Smith").await;
    add(&store, owner, "Ada Smith").await;
    assert_eq!(find(&store, owner, "Smith").await, Some(first));
    assert_eq!(find(&store, owner, "smith").await, Some(first));
    assert_eq!(find(&store, owner, "somebody@").await, Some(first));
}

async fn the_order_of_preferences_is_name_case_id(store: Stored) {
    let owner = owner(&store).await;
    let mut expected = vec![
        person(&store, owner, "1", "KIM@example.com").await,
        person(&store, owner, "2", "kim@example.com").await,
        person(&store, owner, "3", "akim@example.com").await,
        person(&store, owner, "KIM", "4@example.com").await,
        person(&store, owner, "kim", "5@example.com").await,
        person(&store, owner, "akim", "6@example.com").await,
    ];
    let first = expected[0].0;
    expected.sort_by_key(|id| match id.0 - first {
        4 => 0,
        5 => 1,
        3 => 2,
        1 => 3,
        2 => 4,
        _ => 5,
    });
    for id in expected {
        assert_eq!(find(&store, owner, "kim").await, Some(id));
        store.repositories().contacts().remove(owner, id).await.unwrap();
    }
    assert_eq!(find(&store, owner, "kim").await, None);
}

async fn letter_case_does_not_matter_in_any_script(store: Stored) {
    let owner = owner(&store).await;
    for (name, part) in [
        ("Олена Іваненко", "олена і"),
        ("Åsa Öberg", "ÅSA ö"),
        ("Οδυσσεύς", "ΣΣΕΎΣ"),
        ("Straßmann", "STRASSM"),
        ("İpek", "i\u{307}pek"),
    ] {
        let id = add(&store, owner, name).await;
        assert_eq!(find(&store, owner, part).await, Some(id), "{name}");
    }
    // Accents do matter.
    assert_eq!(find(&store, owner, "asa").await, None);
}

async fn wildcards_are_letters(store: Stored) {
    let owner = owner(&store).await;
    add(&store, owner, "100 percent").await;
    for part in ["%", "_", "1%t", "100_percent", "\\", "*", "?", "[a-z]", "' OR 1=1 --"] {
        assert_eq!(find(&store, owner, part).await, None, "{part}");
    }
    let id = add(&store, owner, "100%_\\ 'sure'").await;
    for part in ["%", "_", "0%_", "%_\\", "\\", "'sure'"] {
        assert_eq!(find(&store, owner, part).await, Some(id), "{part}");
    }
}

async fn a_contact_without_an_address_is_found_by_its_name(store: Stored) {
    let owner = owner(&store).await;
    let id = insert(&store, owner, ContactFacts { email: None, ..facts("Bobby") }).await;
    for part in ["obb", "b", "BOBBY"] {
        assert_eq!(find(&store, owner, part).await, Some(id), "{part}");
    }
    assert_eq!(find(&store, owner, "null").await, None);
}

async fn one_and_two_characters_are_found(store: Stored) {
    let owner = owner(&store).await;
    let first = person(&store, owner, "Xi", "q@example.com").await;
    let second = person(&store, owner, "xi", "xq@example.com").await;
    for (part, expected) in
        [("X", first), ("x", second), ("xi", second), ("I", first), ("xq", second), ("q", first)]
    {
        assert_eq!(find(&store, owner, part).await, Some(expected), "{part}");
    }
    assert_eq!(find(&store, owner, "zz").await, None);
}

async fn what_is_nowhere_is_not_found(store: Stored) {
    let owner = owner(&store).await;
    assert_eq!(find(&store, owner, "Bob").await, None);
    add(&store, owner, "Bob").await;
    for part in ["Bobb", "oBx", "bob bob", &"b".repeat(5_000), "met in Paris", "38050"] {
        assert_eq!(find(&store, owner, part).await, None);
    }
}

async fn a_part_must_be_in_one_text(store: Stored) {
    let owner = owner(&store).await;
    // Every three characters of it are there.
    person(&store, owner, "abcd", "bcde").await;
    assert_eq!(find(&store, owner, "abcde").await, None);
}
