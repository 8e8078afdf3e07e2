//! Many contacts of one owner.

use std::time::{Duration, Instant};

use time::macros::date;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{BirthdayWindow, ContactFacts, ContactId, NewContact, Text};
use vestibule_tests::{backends, contract};

use super::given::{facts, find, owner, page};
use crate::given::Stored;

contract!(store on [sqlite, postgres, mariadb]: [
    common_and_rare_parts_are_found_as_in_memory,
]);

const SYLLABLES: [&str; 26] = [
    "an", "ber", "co", "da", "el", "fri", "ga", "ha", "in", "jo", "ka", "le", "ma", "no", "ol", "pe", "qui",
    "ro", "sa", "te", "ul", "vi", "wa", "xe", "yo", "za",
];

/// A name of five syllables that follows from the number. Most are written as names are, some otherwise.
fn name(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (number >> 7);
    let mut syllable = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        SYLLABLES[usize::try_from(state >> 33).unwrap() % SYLLABLES.len()]
    };
    let (first, last) = ([syllable(), syllable()].concat(), [syllable(), syllable(), syllable()].concat());
    match number % 100 {
        98 => format!("{first} {last}"),
        99 => format!("{first} {last}").to_uppercase(),
        _ => format!("{} {}", capital(&first), capital(&last)),
    }
}

fn capital(word: &str) -> String {
    let (first, others) = word.split_at(1);
    first.to_uppercase() + others
}

async fn fill(store: &Stored, owner: AccountId, number: u64) {
    let mut unit = store.begin().await.unwrap();
    for number in 0..number {
        let name = name(number);
        let birthday = date!(1960 - 01 - 01) + time::Duration::days((number % 14_600).cast_signed());
        let email = format!("{}.{number}@example.com", name.replace(' ', "."));
        let facts = ContactFacts {
            email: Some(Text::parse(email).unwrap()),
            birthday: Some(birthday),
            ..facts(&name)
        };
        unit.contacts().insert(&NewContact { owner, facts, avatar: None }).await.unwrap();
    }
    unit.commit().await.unwrap();
}

/// What is common is found by going through the address book, what is rare by its trigrams: both ways,
/// and the way from the one to the other, give what the memory store gives.
async fn common_and_rare_parts_are_found_as_in_memory(store: Stored) {
    let memory = backends::store::memory().await;
    let stores = [memory.port.clone(), store];
    let owners = [owner(&stores[0]).await, owner(&stores[1]).await];
    for (store, owner) in stores.iter().zip(owners) {
        fill(store, owner, 2_600).await;
    }
    // A name whose letter case changes, and nothing else.
    for (store, owner) in stores.iter().zip(owners) {
        let fifth = page(store, owner, 4, 1).await[0];
        let mut unit = store.begin().await.unwrap();
        let fifth = unit.contacts().by_id(owner, fifth).await.unwrap().unwrap();
        let shouted = fifth.facts.fullname.as_str().to_uppercase();
        let facts = ContactFacts { fullname: Text::parse(shouted).unwrap(), ..fifth.facts };
        assert!(unit.contacts().change(owner, fifth.id, &facts).await.unwrap());
        unit.commit().await.unwrap();
    }
    let mut shouted = name_at(&stores[0], owners[0], 4).await;
    shouted.truncate(5);
    for part in [
        shouted.as_str(),
        "example.com",
        "Example.com",
        "EXAMPLE.COM",
        "example.COM",
        "com@example",
        "berber",
        "An",
        "AN",
        "nA",
        "aN",
        "A",
        "E",
        "BER",
        "bER",
        "an ",
        "an b",
        "AN B",
        "an",
        "x",
        "ber",
        "Ber",
        "quixe",
        "yoza",
        "YOZA",
        "2599",
        "999@",
        "an el",
        "zzz",
        "zz",
        "@example.org",
        "exampla",
    ] {
        let found = [find(&stores[0], owners[0], part).await, find(&stores[1], owners[1], part).await];
        assert_eq!(found[0], found[1], "{part}");
    }
}

async fn name_at(store: &Stored, owner: AccountId, offset: u64) -> String {
    let id = page(store, owner, offset, 1).await[0];
    let found = store.repositories().contacts().by_id(owner, id).await.unwrap();
    found.unwrap().facts.fullname.into()
}

/// `cargo test --release -p vestibule-tests --test contract many -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: it takes minutes, and its figures depend on the machine"]
async fn a_hundred_thousand_contacts_answer_in_milliseconds() {
    let backend = backends::store::sqlite().await;
    let store = backend.port.clone();
    let owner = owner(&store).await;
    let begun = Instant::now();
    fill(&store, owner, 100_000).await;
    println!("{:<28} {:?}", "100,000 insertions", begun.elapsed());
    for part in [
        "quixe",
        "Quixe",
        "99999@",
        "nowhere",
        "example.com",
        "EXAMPLE.COM",
        "example.COM",
        "@example.con",
        "ber",
        "BER",
        "bEr",
        "ber ber",
        "beranber elanel",
        "an",
        "aN",
        "zq",
        "a",
        "e",
    ] {
        let spent = median(async || find(&store, owner, part).await).await;
        println!("{:<28} {spent:?}", format!("find {part}"));
    }
    for offset in [0, 50_000, 99_980] {
        let spent = median(async || page(&store, owner, offset, 20).await).await;
        println!("{:<28} {spent:?}", format!("20 from {offset}"));
    }
    for days in [7, 366] {
        let window = BirthdayWindow::new(date!(2026 - 12 - 28), days);
        let spent =
            median(async || store.repositories().contacts().birthdays(owner, &window).await.unwrap().len())
                .await;
        println!("{:<28} {spent:?}", format!("birthdays in {days} days"));
    }
    let ids: Vec<ContactId> = page(&store, owner, 0, 9).await;
    let spent = median(async || {
        store.repositories().contacts().change(owner, ids[4], &facts("Somebody Else")).await.unwrap()
    })
    .await;
    println!("{:<28} {spent:?}", "change");
}

async fn median<T>(task: impl AsyncFn() -> T) -> Duration {
    let mut spent = Vec::new();
    for _ in 0..21 {
        let begun = Instant::now();
        task().await;
        spent.push(begun.elapsed());
    }
    spent.sort();
    spent[10]
}
