//! The contract of `OutboxRepository` about claims that end untried.

use time::{Duration, OffsetDateTime};
use vestibule_domain::messages::{MessageId, OutboxMessage};
use vestibule_tests::contract;

use crate::given::{NOW, Stored, enqueue, id, instance, lease, message};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_message_given_back_untried_is_as_it_was,
    a_message_given_back_untried_after_a_try_keeps_the_count_of_the_try,
    a_message_is_given_back_untried_once,
    a_lost_lease_cannot_give_back,
    the_leases_of_a_dead_process_are_freed,
    the_leases_of_the_living_stay,
    a_process_that_is_freed_twice_or_held_nothing_frees_nothing,
    a_dead_process_cannot_settle_what_was_freed,
    a_lease_that_was_given_back_or_taken_over_is_no_longer_the_dead_process_s,
]);

const LEASE: Duration = Duration::MINUTE;

/// Claims at a time, for a minute, in the name of a process.
async fn claim(
    store: &Stored,
    worker: &str,
    process: &str,
    now: OffsetDateTime,
    limit: u64,
) -> Vec<OutboxMessage> {
    let mut repositories = store.repositories();
    let outbox = repositories.outbox();
    outbox.claim(lease(worker), instance(process), now, now + LEASE, limit).await.unwrap()
}

async fn give_back(store: &Stored, id: MessageId, worker: &str) -> bool {
    store.repositories().outbox().give_back(id, lease(worker)).await.unwrap()
}

async fn free(store: &Stored, process: &str) -> u64 {
    store.repositories().outbox().free_leases_of(instance(process)).await.unwrap()
}

async fn complete(store: &Stored, id: MessageId, worker: &str) -> bool {
    store.repositories().outbox().complete(id, lease(worker), None).await.unwrap()
}

/// Adds a message and lets a worker claim it.
async fn claimed(store: &Stored) -> MessageId {
    enqueue(store, &message("message")).await;
    claim(store, "first", "process", NOW, 1).await[0].id
}

async fn a_message_given_back_untried_is_as_it_was(store: Stored) {
    let id = claimed(&store).await;
    assert!(give_back(&store, id, "first").await);
    assert_eq!(
        claim(&store, "second", "process", NOW, 1).await,
        [OutboxMessage { attempts: 1, ..message("message") }]
    );
}

async fn a_message_given_back_untried_after_a_try_keeps_the_count_of_the_try(store: Stored) {
    let id = claimed(&store).await;
    let at = NOW;
    store.repositories().outbox().retry(id, lease("first"), at, "down").await.unwrap();
    claim(&store, "second", "process", NOW, 1).await;
    assert!(give_back(&store, id, "second").await);
    assert_eq!(claim(&store, "third", "process", NOW, 1).await[0].attempts, 2);
}

async fn a_message_is_given_back_untried_once(store: Stored) {
    let id = claimed(&store).await;
    assert!(give_back(&store, id, "first").await);
    assert!(!give_back(&store, id, "first").await);
    assert!(!complete(&store, id, "worker").await);
    assert!(!give_back(&store, MessageId(self::id("unknown")), "worker").await);
}

async fn a_lost_lease_cannot_give_back(store: Stored) {
    let id = claimed(&store).await;
    claim(&store, "second", "process", NOW + LEASE, 1).await;
    assert!(!give_back(&store, id, "first").await);
    // The other worker's lease still runs, and its claim counts.
    assert_eq!(claim(&store, "third", "process", NOW + LEASE, 10).await, []);
    assert_eq!(claim(&store, "third", "process", NOW + LEASE * 2, 10).await[0].attempts, 3);
}

async fn the_leases_of_a_dead_process_are_freed(store: Stored) {
    for name in ["one", "two", "three"] {
        enqueue(&store, &message(name)).await;
    }
    claim(&store, "first batch", "dead", NOW, 2).await;
    claim(&store, "second batch", "dead", NOW, 1).await;
    assert_eq!(free(&store, "dead").await, 3);
    let again = claim(&store, "worker", "heir", NOW, 10).await;
    // A message may be what the process died of: the try counts.
    assert_eq!(again.iter().map(|message| message.attempts).collect::<Vec<_>>(), [2; 3]);
}

async fn the_leases_of_the_living_stay(store: Stored) {
    for name in ["one", "two"] {
        enqueue(&store, &message(name)).await;
    }
    claim(&store, "first", "dead", NOW, 1).await;
    let held = claim(&store, "second", "alive", NOW, 1).await[0].id;
    assert_eq!(free(&store, "dead").await, 1);
    assert_eq!(claim(&store, "third", "heir", NOW, 10).await.len(), 1);
    assert!(complete(&store, held, "second").await);
}

async fn a_process_that_is_freed_twice_or_held_nothing_frees_nothing(store: Stored) {
    enqueue(&store, &message("message")).await;
    assert_eq!(free(&store, "dead").await, 0);
    claim(&store, "worker", "dead", NOW, 1).await;
    assert_eq!(free(&store, "dead").await, 1);
    assert_eq!(free(&store, "dead").await, 0);
}

async fn a_dead_process_cannot_settle_what_was_freed(store: Stored) {
    enqueue(&store, &message("message")).await;
    let id = claim(&store, "worker", "dead", NOW, 1).await[0].id;
    free(&store, "dead").await;
    assert!(!complete(&store, id, "worker").await);
    assert!(!give_back(&store, id, "first").await);
    assert!(!store.repositories().outbox().park(id, lease("worker"), NOW, "x").await.unwrap());
}

async fn a_lease_that_was_given_back_or_taken_over_is_no_longer_the_dead_process_s(store: Stored) {
    for name in ["parked", "postponed", "untried", "taken"] {
        enqueue(&store, &message(name)).await;
    }
    claim(&store, "worker", "dead", NOW, 10).await;
    let id = message("parked").id;
    store.repositories().outbox().park(id, lease("worker"), NOW, "refused").await.unwrap();
    let (later, id) = (NOW + Duration::DAY, message("postponed").id);
    store.repositories().outbox().retry(id, lease("worker"), later, "down").await.unwrap();
    give_back(&store, message("untried").id, "worker").await;
    claim(&store, "heir", "alive", NOW + LEASE, 10).await;
    assert_eq!(free(&store, "dead").await, 0);
    assert!(complete(&store, message("taken").id, "heir").await);
}
