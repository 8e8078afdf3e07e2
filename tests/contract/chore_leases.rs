//! The contract of `ChoreLeaseRepository`.

use time::{Duration, OffsetDateTime};
use vestibule_domain::maintenance::Chore;
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOW, Stored, instance};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_chore_that_nobody_has_is_taken,
    a_chore_that_another_has_is_not_taken,
    each_chore_has_its_own_lease,
    a_lease_that_has_run_out_is_taken_over,
    a_lease_is_prolonged_at_any_time_by_whoever_has_it,
    a_lease_that_was_taken_over_is_not_prolonged,
    a_lease_that_ended_is_free,
    a_lease_of_another_does_not_end,
    the_leases_of_a_dead_process_end,
    of_many_that_ask_at_once_for_the_first_time_one_has_it,
    of_many_that_ask_at_once_when_a_lease_ran_out_one_has_it,
    what_a_dropped_unit_took_is_free,
]);

const LEASE: Duration = Duration::MINUTE;

async fn take(store: &Stored, chore: Chore, process: &str, now: OffsetDateTime) -> bool {
    store.repositories().chore_leases().take(chore, instance(process), now, now + LEASE).await.unwrap()
}

async fn purges(store: &Stored, process: &str, now: OffsetDateTime) -> bool {
    take(store, Chore::Purge, process, now).await
}

async fn end(store: &Stored, process: &str) -> bool {
    store.repositories().chore_leases().end(Chore::Purge, instance(process)).await.unwrap()
}

async fn a_chore_that_nobody_has_is_taken(store: Stored) {
    assert!(purges(&store, "first", NOW).await);
}

async fn a_chore_that_another_has_is_not_taken(store: Stored) {
    purges(&store, "first", NOW).await;
    assert!(!purges(&store, "second", NOW).await);
    assert!(!purges(&store, "second", NOW + LEASE - MOMENT).await);
}

async fn each_chore_has_its_own_lease(store: Stored) {
    purges(&store, "first", NOW).await;
    assert!(take(&store, Chore::Sweep, "second", NOW).await);
    assert!(!purges(&store, "second", NOW).await);
}

async fn a_lease_that_has_run_out_is_taken_over(store: Stored) {
    purges(&store, "first", NOW).await;
    assert!(purges(&store, "second", NOW + LEASE).await);
    assert!(!purges(&store, "third", NOW + LEASE).await);
}

async fn a_lease_is_prolonged_at_any_time_by_whoever_has_it(store: Stored) {
    for now in [NOW, NOW, NOW + LEASE - MOMENT, NOW + 3 * LEASE] {
        assert!(purges(&store, "first", now).await, "{now}");
    }
    assert!(!purges(&store, "second", NOW + 4 * LEASE - MOMENT).await);
}

async fn a_lease_that_was_taken_over_is_not_prolonged(store: Stored) {
    purges(&store, "first", NOW).await;
    purges(&store, "second", NOW + LEASE).await;
    assert!(!purges(&store, "first", NOW + LEASE).await);
    assert!(!end(&store, "first").await);
    assert!(!purges(&store, "third", NOW + LEASE).await);
}

async fn a_lease_that_ended_is_free(store: Stored) {
    purges(&store, "first", NOW).await;
    assert!(end(&store, "first").await);
    assert!(!end(&store, "first").await);
    assert!(purges(&store, "second", NOW).await);
}

async fn a_lease_of_another_does_not_end(store: Stored) {
    assert!(!end(&store, "second").await);
    purges(&store, "first", NOW).await;
    assert!(!end(&store, "second").await);
    assert!(!purges(&store, "second", NOW).await);
}

async fn the_leases_of_a_dead_process_end(store: Stored) {
    let end_all =
        async |process| store.repositories().chore_leases().end_all_of(instance(process)).await.unwrap();
    purges(&store, "dead", NOW).await;
    take(&store, Chore::Sweep, "alive", NOW).await;
    assert_eq!(end_all("nobody").await, 0);
    assert_eq!(end_all("dead").await, 1);
    assert_eq!(end_all("dead").await, 0);
    assert!(purges(&store, "heir", NOW).await);
    assert!(!take(&store, Chore::Sweep, "heir", NOW).await);
}

/// How many of many at once have the lease.
async fn holders(store: &Stored, now: OffsetDateTime) -> usize {
    let taken = at_once(12, |number| {
        let store = store.clone();
        async move { purges(&store, &number.to_string(), now).await }
    });
    taken.await.into_iter().filter(|has_it| *has_it).count()
}

async fn of_many_that_ask_at_once_for_the_first_time_one_has_it(store: Stored) {
    assert_eq!(holders(&store, NOW).await, 1);
}

async fn of_many_that_ask_at_once_when_a_lease_ran_out_one_has_it(store: Stored) {
    purges(&store, "first", NOW).await;
    assert_eq!(holders(&store, NOW + LEASE).await, 1);
}

async fn what_a_dropped_unit_took_is_free(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    assert!(unit.chore_leases().take(Chore::Purge, instance("first"), NOW, NOW + LEASE).await.unwrap());
    drop(unit);
    assert!(purges(&store, "second", NOW).await);
}
