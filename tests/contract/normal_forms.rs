//! What is compared is compared in Unicode's form NFC, however it was typed: on every store, for all names.

use vestibule_domain::accounts::{AccountDetails, AccountEdit, AccountId, EmailAddress, NamePart, Username};
use vestibule_domain::catalogue::{CountryCode, NameKind};
use vestibule_domain::contacts::{ContactFacts, ContactId, Text};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::store::Constraint;
use vestibule_tests::contract;

use crate::catalogue::given::{name, resolve, spelt};
use crate::contacts::given::{add as add_contact, facts, find, insert, owner, read as read_contact};
use crate::directory::called;
use crate::given::{NOW, Stored, add, conflict, read, username};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_user_name_is_found_in_either_form,
    a_user_name_keeps_the_form_in_which_it_was_given,
    a_user_name_is_taken_in_either_form,
    a_new_user_name_is_taken_in_either_form,
    a_letter_that_is_one_only_as_a_small_letter_is_the_same_name,
    a_name_at_the_greatest_length_is_found_in_either_form,
    an_e_mail_address_is_one_in_either_form,
    a_part_of_a_user_name_is_found_in_the_directory_in_either_form,
    a_part_of_a_user_name_is_found_in_the_list_in_either_form,
    a_renamed_account_is_found_by_its_new_name_alone,
    a_contact_is_found_in_either_form,
    a_contact_keeps_the_form_in_which_it_was_given,
    a_letter_of_a_contact_without_the_mark_behind_it_is_another_letter,
    the_exact_spelling_is_preferred_in_either_form,
    a_contact_that_is_changed_is_found_by_its_new_name_alone,
    a_contact_of_the_greatest_length_is_found_in_either_form,
    a_name_of_the_catalogue_is_one_in_either_form,
    names_of_one_call_are_one_in_either_form,
    a_country_is_one_in_either_form,
]);

/// Names as one machine types them and as another does: composed and decomposed.
const PAIRS: [[&str; 2]; 7] = [
    ["Björn", "Bjo\u{308}rn"],
    // Vietnamese: two marks, which may be typed in either order.
    ["Nguyệt", "Nguye\u{302}\u{323}t"],
    // Korean: syllables, and the letters that they are made of.
    ["한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"],
    // A unit of length is the letter.
    ["\u{c5}ngström", "\u{212b}ngstro\u{308}m"],
    ["Йосип", "И\u{306}осип"],
    // Hindi: a letter that is always decomposed.
    ["\u{915}\u{93c}िला", "\u{958}िला"],
    ["が", "か\u{3099}"],
];

/// Each pair, and the other way round.
fn ways() -> impl Iterator<Item = [&'static str; 2]> {
    PAIRS.into_iter().flat_map(|[one, other]| [[one, other], [other, one]])
}

async fn by_name(store: &Stored, name: &str) -> Option<AccountId> {
    let found = store.repositories().accounts().by_username(&username(name)).await.unwrap();
    found.map(|account| account.id)
}

/// Renames an account, as its owner does.
fn to(name: &str) -> AccountEdit {
    AccountEdit {
        email: None,
        clears_email: false,
        username: Some(username(name)),
        mobile: None,
        updated_by: None,
        updated_at: NOW,
    }
}

/// An account of that name, which the seed makes another one than others.
fn seeded(name: &str, seed: &str) -> AccountDetails {
    AccountDetails { username: Some(username(name)), ..called(seed) }
}

async fn a_user_name_is_found_in_either_form(store: Stored) {
    for (number, [stored, typed]) in ways().step_by(2).enumerate() {
        let stored = format!("{stored} {number}");
        let id = add(&store, &seeded(&stored, &stored)).await;
        for typed in [stored, format!("{typed} {number}"), format!("{typed} {number}").to_uppercase()] {
            assert_eq!(by_name(&store, &typed).await, Some(id), "{typed:?}");
        }
    }
    for (number, [typed, stored]) in ways().step_by(2).enumerate() {
        let stored = format!("{stored} of {number}");
        let id = add(&store, &seeded(&stored, &stored)).await;
        assert_eq!(by_name(&store, &format!("{typed} OF {number}")).await, Some(id), "{typed:?}");
    }
}

async fn a_user_name_keeps_the_form_in_which_it_was_given(store: Stored) {
    let id = add(&store, &called("Bjo\u{308}rn")).await;
    assert_eq!(read(&store, id).await.details.username, Some(username("Bjo\u{308}rn")));
}

async fn a_user_name_is_taken_in_either_form(store: Stored) {
    add(&store, &called("Bjo\u{308}rn")).await;
    add(&store, &called("Zoë")).await;
    for other in ["Björn", "BJÖRN", "bjo\u{308}rn", "Zoe\u{308}", "ZOE\u{308}"] {
        let refused = store.repositories().accounts().insert(&seeded(other, "other")).await;
        assert_eq!(conflict(refused), Constraint::UsersUsername, "{other:?}");
    }
    let names = ["Björn", "Zoe\u{308}", "Bjorn", "Zoe"].map(username);
    let taken = store.repositories().accounts().taken_names(&names).await.unwrap();
    assert_eq!(taken, ["Björn", "Zoe\u{308}"].map(username));
}

async fn a_new_user_name_is_taken_in_either_form(store: Stored) {
    let bjorn = add(&store, &called("Björn")).await;
    let zoe = add(&store, &called("Zoe")).await;
    let refused = store.repositories().accounts().edit(zoe, &to("bjo\u{308}rn")).await;
    assert_eq!(conflict(refused), Constraint::UsersUsername);
    // One's own name in another form is no other's.
    assert!(store.repositories().accounts().edit(bjorn, &to("bjo\u{308}rn")).await.unwrap());
    assert_eq!(by_name(&store, "BJÖRN").await, Some(bjorn));
}

async fn a_letter_that_is_one_only_as_a_small_letter_is_the_same_name(store: Stored) {
    // As a capital this letter has no form of one character.
    for (number, [small, capital]) in [["ǰ", "J\u{30c}"], ["ẖ", "H\u{331}"]].into_iter().enumerate() {
        let (small, capital) = (format!("{small}{number}"), format!("{capital}{number}"));
        let id = add(&store, &called(&small)).await;
        assert_eq!(by_name(&store, &capital).await, Some(id));
        assert_eq!(directory(&store, &capital).await, [id]);
        let owner = add(&store, &called(&format!("owner {number}"))).await;
        let contact = add_contact(&store, owner, &capital).await;
        assert_eq!(find(&store, owner, &small).await, Some(contact));
    }
}

async fn a_name_at_the_greatest_length_is_found_in_either_form(store: Stored) {
    // Of these each becomes two characters in the form that is compared, and of the last ones three.
    for (seed, text) in [("q", "\u{958}"), ("i", "İ"), ("note", "\u{1d160}")] {
        let long = text.repeat(Username::MAX_CHARS);
        let id = add(&store, &seeded(&long, seed)).await;
        assert_eq!(by_name(&store, &long).await, Some(id), "{seed}");
    }
}

async fn an_e_mail_address_is_one_in_either_form(store: Stored) {
    let address = |local: &str| Some(EmailAddress::parse(&format!("{local}@example.com")).unwrap());
    let with = |local: &str, seed: &str| AccountDetails { email: address(local), ..called(seed) };
    let id = add(&store, &with("Bjo\u{308}rn", "one")).await;
    for local in ["björn", "bjo\u{308}rn", "BJÖRN", "BJO\u{308}RN"] {
        let found = store.repositories().accounts().by_email(&address(local).unwrap()).await.unwrap();
        assert_eq!(found.map(|account| account.id), Some(id), "{local:?}");
        let refused = store.repositories().accounts().insert(&with(local, "other")).await;
        assert_eq!(conflict(refused), Constraint::UsersEmail, "{local:?}");
    }
}

async fn directory(store: &Stored, part: &str) -> Vec<AccountId> {
    let all = PageRequest::numbered(1, PageLimit::new(100));
    let page = store.repositories().directory().page(NamePart::new(part).as_ref(), all).await.unwrap();
    assert_eq!(page.total, page.accounts.len() as u64);
    page.accounts.into_iter().map(|account| account.id).collect()
}

async fn a_part_of_a_user_name_is_found_in_the_directory_in_either_form(store: Stored) {
    for (number, [stored, typed]) in ways().enumerate() {
        let stored = format!("{number} {stored} {number}");
        let id = add(&store, &seeded(&stored, &stored)).await;
        for part in [format!("{number} {typed}"), format!("{typed} {number}").to_uppercase()] {
            assert!(directory(&store, &part).await.contains(&id), "{part:?}");
        }
    }
}

async fn listed(store: &Stored, part: &str) -> Vec<AccountId> {
    let all = PageRequest::numbered(1, PageLimit::new(100));
    let page = store.repositories().accounts().listed(Some(part), all).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64);
    page.items.into_iter().map(|account| account.id).collect()
}

async fn a_part_of_a_user_name_is_found_in_the_list_in_either_form(store: Stored) {
    for (number, [stored, typed]) in ways().enumerate() {
        let stored = format!("{number} {stored} {number}");
        let id = add(&store, &seeded(&stored, &stored)).await;
        for part in [format!("{number} {typed}"), format!("{typed} {number}").to_uppercase()] {
            assert!(listed(&store, &part).await.contains(&id), "{part:?}");
        }
    }
}

async fn a_renamed_account_is_found_by_its_new_name_alone(store: Stored) {
    let id = add(&store, &called("Bjo\u{308}rn")).await;
    assert!(store.repositories().accounts().edit(id, &to("Zoe\u{308}")).await.unwrap());
    for part in ["Björn", "Bjo\u{308}rn", "jör", "bj"] {
        assert_eq!(directory(&store, part).await, [], "{part:?}");
    }
    assert_eq!((by_name(&store, "Björn").await, by_name(&store, "Zoë").await), (None, Some(id)));
    assert_eq!(directory(&store, "zoë").await, [id]);
}

async fn a_contact_is_found_in_either_form(store: Stored) {
    let owner = owner(&store).await;
    for (number, [stored, typed]) in ways().enumerate() {
        let by_name = add_contact(&store, owner, &format!("{number}. {stored} {number}.")).await;
        let email = Some(Text::parse(format!("<{number}{stored}@example.com>")).unwrap());
        let by_email = insert(&store, owner, ContactFacts { email, ..facts("-") }).await;
        for part in [format!("{number}. {typed}"), format!("{typed} {number}.").to_uppercase()] {
            assert_eq!(find(&store, owner, &part).await, Some(by_name), "{part:?}");
        }
        assert_eq!(find(&store, owner, &format!("<{number}{typed}@")).await, Some(by_email), "{typed:?}");
        assert!(find(&store, owner, typed).await.is_some());
    }
}

async fn a_contact_keeps_the_form_in_which_it_was_given(store: Stored) {
    let owner = owner(&store).await;
    let id = add_contact(&store, owner, "Bjo\u{308}rn").await;
    assert_eq!(read_contact(&store, owner, id).await.unwrap().facts, facts("Bjo\u{308}rn"));
}

async fn a_letter_of_a_contact_without_the_mark_behind_it_is_another_letter(store: Stored) {
    let owner = owner(&store).await;
    let id = add_contact(&store, owner, "Bjo\u{308}rn").await;
    add_contact(&store, owner, "Zoë").await;
    for (part, expected) in
        [("bjo", None), ("bjorn", None), ("jö", Some(id)), ("ör", Some(id)), ("zoe", None)]
    {
        assert_eq!(find(&store, owner, part).await, expected, "{part}");
    }
}

async fn the_exact_spelling_is_preferred_in_either_form(store: Stored) {
    let owner = owner(&store).await;
    let capitals = add_contact(&store, owner, "BJÖRN BORG").await;
    let small = add_contact(&store, owner, "Bjo\u{308}rn Borg").await;
    for (typed, expected) in [
        ("Björn", small),
        ("Bjo\u{308}rn", small),
        ("BJÖRN", capitals),
        ("BJO\u{308}RN", capitals),
        ("bjo\u{308}RN", capitals),
        ("ö", small),
        ("o\u{308}", small),
        ("Ö", capitals),
        ("jö", small),
        ("JO\u{308}", capitals),
    ] {
        assert_eq!(find(&store, owner, typed).await, Some(expected), "{typed:?}");
    }
}

async fn a_contact_that_is_changed_is_found_by_its_new_name_alone(store: Stored) {
    let owner = owner(&store).await;
    let id = add_contact(&store, owner, "Bjo\u{308}rn").await;
    let change = async |name: &str| {
        let changed = store.repositories().contacts().change(owner, id, &facts(name)).await.unwrap();
        assert!(changed);
    };
    change("Zoe\u{308}").await;
    let names = ["Björn", "Bjo\u{308}rn", "Zoë", "Zoe\u{308}"];
    let found = async || -> Vec<Option<ContactId>> {
        let mut found = Vec::new();
        for name in names {
            found.push(find(&store, owner, name).await);
        }
        found
    };
    assert_eq!(found().await, [None, None, Some(id), Some(id)]);
    // The same name in its other form, with the exact spelling still known.
    change("Zoë").await;
    assert_eq!(found().await, [None, None, Some(id), Some(id)]);
    store.repositories().contacts().remove(owner, id).await.unwrap();
    assert_eq!(found().await, [None; 4]);
}

async fn a_contact_of_the_greatest_length_is_found_in_either_form(store: Stored) {
    let owner = owner(&store).await;
    for text in ["\u{958}", "\u{1d160}", "ﬃ", "\u{390}"] {
        let id = add_contact(&store, owner, &text.repeat(150)).await;
        for part in [text, &text.repeat(3), &text.repeat(150)] {
            assert_eq!(find(&store, owner, part).await, Some(id), "{text:?}");
        }
    }
    let id = add_contact(&store, owner, &"\u{915}\u{93c}".repeat(75)).await;
    store.repositories().contacts().remove(owner, ContactId(id.0 - 4)).await.unwrap();
    assert_eq!(find(&store, owner, "\u{958}").await, Some(id));
}

async fn a_name_of_the_catalogue_is_one_in_either_form(store: Stored) {
    for kind in NameKind::ALL {
        for (number, [first, second]) in ways().enumerate() {
            let (first, second) = (format!("{first} {number}"), format!("{second} {number}"));
            let ids = resolve(&store, kind, &[name(&first)]).await;
            for other in [&second, &second.to_uppercase(), &first] {
                assert_eq!(resolve(&store, kind, &[name(other)]).await, ids, "{other:?}");
            }
            if number == 0 && kind == NameKind::Genre {
                assert_eq!(spelt(store.repositories().catalogue(), kind, &ids).await, [first]);
            }
        }
        let longest = name(&"\u{1d160}".repeat(255));
        let ids = resolve(&store, kind, std::slice::from_ref(&longest)).await;
        assert_eq!(resolve(&store, kind, &[longest]).await, ids);
    }
}

async fn names_of_one_call_are_one_in_either_form(store: Stored) {
    let names = ["Bjo\u{308}rn", "BJÖRN", "Björn", "Bjorn"].map(name);
    let ids = resolve(&store, NameKind::Actor, &names).await;
    assert_eq!(ids[1..3], [ids[0]; 2]);
    assert_ne!(ids[3], ids[0]);
    let spellings = spelt(store.repositories().catalogue(), NameKind::Actor, &ids[2..]).await;
    assert_eq!(spellings, ["Bjo\u{308}rn", "Bjorn"]);
}

async fn a_country_is_one_in_either_form(store: Stored) {
    let codes = ["Å", "A\u{30a}", "\u{212b}", "a\u{30a}", "A"].map(|text| CountryCode::parse(text).unwrap());
    let ids =
        store.repositories().catalogue().resolve_countries(&codes.map(|code| (code, None))).await.unwrap();
    assert_eq!(ids[..4], [ids[0]; 4]);
    assert_ne!(ids[4], ids[0]);
}
