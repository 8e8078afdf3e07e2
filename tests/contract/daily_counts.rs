//! The contract of `DailyCountRepository`.

use time::Date;
use time::macros::date;
use vestibule_domain::statistics::{CountKind, DailyCount};
use vestibule_domain::store::StoreError;
use vestibule_tests::{at_once, contract};

use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    counts_read_back_from_a_day_on_in_order,
    what_is_added_is_added_to_what_is_there,
    nothing_is_added_where_there_is_nothing_to_add,
    each_of_many_that_add_at_once_is_added,
    many_numbers_at_once_are_added,
    a_sum_that_is_too_great_stays_at_the_greatest,
    a_unit_that_is_dropped_adds_nothing,
    the_days_before_one_are_purged,
]);

const DAY: Date = date!(2026 - 11 - 20);
const MOST: u64 = i64::MAX.unsigned_abs();

fn count(day: Date, surface: &str, kind: CountKind, amount: u64) -> DailyCount {
    DailyCount { day, surface: surface.to_owned(), kind, amount }
}

fn log_ins(amount: u64) -> DailyCount {
    count(DAY, "theater", CountKind::LogIns, amount)
}

async fn add(store: &Stored, counts: &[DailyCount]) {
    store.repositories().daily_counts().add(counts).await.unwrap();
}

async fn since(store: &Stored, day: Date) -> Vec<DailyCount> {
    store.repositories().daily_counts().since(day).await.unwrap()
}

async fn counts_read_back_from_a_day_on_in_order(store: Stored) {
    let before = DAY.previous_day().unwrap();
    let ordered = [
        count(before, "theater", CountKind::PointsMoved, 0),
        // By code point: surfaces whose names differ in case are two.
        count(DAY, "Theater", CountKind::LogIns, 1),
        count(DAY, "points", CountKind::SignUps, 2),
        count(DAY, "points", CountKind::FailedLogIns, 3),
        count(DAY, "theater", CountKind::SignUps, 4),
        count(DAY, &"a".repeat(32), CountKind::Mails, 5),
        count(DAY.next_day().unwrap(), "admin", CountKind::LogIns, MOST),
    ];
    let mut shuffled = ordered.clone();
    shuffled.rotate_left(3);
    add(&store, &shuffled).await;
    let mut sorted = ordered.to_vec();
    sorted.sort_unstable();
    assert_eq!(since(&store, before).await, sorted);
    assert_eq!(since(&store, DAY).await, sorted[1..]);
    assert!(since(&store, date!(2026 - 11 - 22)).await.is_empty());
}

async fn what_is_added_is_added_to_what_is_there(store: Stored) {
    let mails = |amount| count(DAY, "theater", CountKind::Mails, amount);
    add(&store, &[log_ins(3)]).await;
    add(&store, &[log_ins(4), mails(1)]).await;
    assert_eq!(since(&store, DAY).await, [log_ins(7), mails(1)]);
}

async fn nothing_is_added_where_there_is_nothing_to_add(store: Stored) {
    add(&store, &[]).await;
    assert!(since(&store, DAY).await.is_empty());
}

async fn each_of_many_that_add_at_once_is_added(store: Stored) {
    let counts =
        ["theater", "points", "mobile"].map(|surface| count(DAY, surface, CountKind::LogIns, 1)).to_vec();
    let added = at_once(12, |number| {
        let (store, mut counts) = (store.clone(), counts.clone());
        counts.rotate_left(number % 3);
        async move {
            // As the use case does: what the store gives up is tried again.
            loop {
                match store.repositories().daily_counts().add(&counts).await {
                    Err(StoreError::Retryable(_)) => {}
                    added => return added.is_ok(),
                }
            }
        }
    })
    .await;
    assert!(added.iter().all(|added| *added));
    assert_eq!(since(&store, DAY).await.iter().map(|count| count.amount).collect::<Vec<_>>(), [12; 3]);
}

/// As after an outage of days.
async fn many_numbers_at_once_are_added(store: Stored) {
    let days = std::iter::successors(Some(DAY), |day| day.next_day()).take(130);
    let counts: Vec<_> =
        days.flat_map(|day| CountKind::ALL.iter().map(move |kind| count(day, "theater", *kind, 1))).collect();
    for times in [1, 2] {
        add(&store, &counts).await;
        let there = since(&store, DAY).await;
        assert_eq!(there.len(), counts.len());
        assert!(there.iter().all(|count| count.amount == times));
    }
}

async fn a_sum_that_is_too_great_stays_at_the_greatest(store: Stored) {
    let moved = |amount| count(DAY, "points", CountKind::PointsMoved, amount);
    add(&store, &[moved(MOST - 2)]).await;
    add(&store, &[moved(2)]).await;
    assert_eq!(since(&store, DAY).await, [moved(MOST)]);
    add(&store, &[moved(1), log_ins(1)]).await;
    add(&store, &[moved(u64::MAX)]).await;
    assert_eq!(since(&store, DAY).await, [moved(MOST), log_ins(1)]);
}

async fn a_unit_that_is_dropped_adds_nothing(store: Stored) {
    add(&store, &[log_ins(1)]).await;
    let mut unit = store.begin().await.unwrap();
    unit.daily_counts().add(&[log_ins(1)]).await.unwrap();
    assert_eq!(unit.daily_counts().since(DAY).await.unwrap(), [log_ins(2)]);
    drop(unit);
    assert_eq!(since(&store, DAY).await, [log_ins(1)]);
}

async fn the_days_before_one_are_purged(store: Stored) {
    let on = |day| count(day, "theater", CountKind::LogIns, 1);
    let days = [date!(2025 - 10 - 15), date!(2025 - 10 - 16), date!(2026 - 11 - 20)];
    add(&store, &days.map(on)).await;
    let purge = async |before| store.repositories().daily_counts().purge(before).await.unwrap();
    assert_eq!(purge(date!(2025 - 10 - 15)).await, 0);
    assert_eq!(purge(date!(2025 - 10 - 16)).await, 1);
    assert_eq!(since(&store, days[0]).await, [on(days[1]), on(days[2])]);
}
