//! Many contacts of one owner.

use std::time::{Duration, Instant};

use time::macros::date;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{BirthdayWindow, ContactFacts, ContactId, NewContact, Text};
use vestibule_tests::backends;

use super::given::{facts, find, owner, page};
use crate::given::Stored;

const SYLLABLES: [&str; 26] = [
    "an", "ber", "co", "da", "el", "fri", "ga", "ha", "in", "jo", "ka", "le", "ma", "no", "ol", "pe", "qui",
    "ro", "sa", "te", "ul", "vi", "wa", "xe", "yo", "za",
];

/// A name of four to six syllables that follows from the number.
fn name(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (number >> 7);
    let mut syllable = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        SYLLABLES[usize::try_from(state >> 33).unwrap() % SYLLABLES.len()]
    };
    format!("{}{} {}{}{}", syllable(), syllable(), syllable(), syllable(), syllable())
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
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn common_and_rare_parts_are_found_as_in_memory() {
    let (memory, sqlite) = (backends::store::memory().await, backends::store::sqlite().await);
    let stores = [memory.port.clone(), sqlite.port.clone()];
    let owners = [owner(&stores[0]).await, owner(&stores[1]).await];
    for (store, owner) in stores.iter().zip(owners) {
        fill(store, owner, 4_000).await;
    }
    for part in [
        "example.com",
        "Example.com",
        "an",
        "x",
        "ber",
        "Ber",
        "quixe",
        "yoza",
        "YOZA",
        "3999",
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
    for part in ["quixe", "Quixe", "99999@", "nowhere", "example.com", "ber", "an", "zq", "a"] {
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
