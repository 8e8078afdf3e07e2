//! The contract of `OutboxRepository`: what operators look at, and what they have tried again.

use time::{Duration, OffsetDateTime};
use vestibule_domain::messages::{OutboxMessage, Queue, QueuedMessage};
use vestibule_tests::contract;

use crate::given::{MOMENT, NOW, Stored, enqueue, instance, lease, message};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    messages_that_wait_are_listed_oldest_first_and_part_by_part,
    parked_messages_are_listed_with_their_reason_the_latest_first,
    a_parked_message_waits_again_as_a_new_one,
    a_message_that_is_not_parked_is_left_alone,
]);

const LEASE: Duration = Duration::MINUTE;

/// Claims one message at a time, for a minute.
async fn claim(store: &Stored, now: OffsetDateTime) -> Option<OutboxMessage> {
    let mut repositories = store.repositories();
    let outbox = repositories.outbox();
    let claimed = outbox.claim(lease("worker"), instance("process"), now, now + LEASE, 1).await.unwrap();
    claimed.into_iter().next()
}

async fn park_at(store: &Stored, name: &str, at: OffsetDateTime) {
    enqueue(store, &message(name)).await;
    claim(store, NOW).await;
    assert!(store.repositories().outbox().park(message(name).id, lease("worker"), at, "x").await.unwrap());
}

/// All messages of a queue, read in parts.
pub(crate) async fn list(store: &Stored, queue: Queue, limit: u64) -> Vec<QueuedMessage> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let part = store.repositories().outbox().list(queue, last, limit).await.unwrap();
        assert!(part.items.len() as u64 <= limit, "{limit}");
        all.extend(part.items);
        last = part.next;
        if last.is_none() {
            return all;
        }
    }
}

async fn messages_that_wait_are_listed_oldest_first_and_part_by_part(store: Stored) {
    let mut expected = Vec::new();
    for (age, name) in [(1, "third"), (3, "first"), (2, "second"), (1, "fourth")] {
        let message = OutboxMessage { created_at: NOW - MOMENT * age, ..message(name) };
        enqueue(&store, &message).await;
        expected.push(message);
    }
    expected.sort_by_key(|message| (message.created_at, message.id.0));
    let first = claim(&store, NOW).await.unwrap().id;
    let mut repositories = store.repositories();
    let until = NOW + MOMENT;
    assert!(repositories.outbox().retry(first, lease("worker"), until, "no connection").await.unwrap());
    drop(repositories);
    for limit in [1, 2, 100] {
        let listed = list(&store, Queue::Waiting, limit).await;
        let ids: Vec<_> = listed.iter().map(|queued| queued.message.id).collect();
        assert_eq!(ids, expected.iter().map(|message| message.id).collect::<Vec<_>>(), "{limit}");
        let tried = &listed[0];
        assert_eq!((tried.message.attempts, tried.parked_at), (1, None));
        assert_eq!(tried.reason.as_deref(), Some("no connection"));
        assert_eq!((listed[1].message.clone(), &listed[1].reason), (expected[1].clone(), &None));
    }
    assert!(list(&store, Queue::Parked, 10).await.is_empty());
}

async fn parked_messages_are_listed_with_their_reason_the_latest_first(store: Stored) {
    for (name, at) in [("second", NOW), ("third", NOW - MOMENT), ("first", NOW + MOMENT)] {
        park_at(&store, name, at).await;
    }
    enqueue(&store, &message("waits")).await;
    for limit in [1, 2, 100] {
        let listed = list(&store, Queue::Parked, limit).await;
        let ids: Vec<_> = listed.iter().map(|queued| queued.message.id).collect();
        assert_eq!(ids, ["first", "second", "third"].map(|name| message(name).id), "{limit}");
        assert_eq!((listed[0].parked_at, listed[0].reason.as_deref()), (Some(NOW + MOMENT), Some("x")));
        assert_eq!(listed[0].message.sealed_notice, message("first").sealed_notice);
    }
}

async fn a_parked_message_waits_again_as_a_new_one(store: Stored) {
    park_at(&store, "message", NOW).await;
    let id = message("message").id;
    assert!(store.repositories().outbox().unpark(id, NOW + LEASE).await.unwrap());
    assert_eq!(list(&store, Queue::Parked, 10).await, []);
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 1);
    assert_eq!(claim(&store, NOW).await, None);
    let claimed = claim(&store, NOW + LEASE).await.unwrap();
    assert_eq!((claimed.id, claimed.attempts), (id, 1));
    assert!(!store.repositories().outbox().unpark(id, NOW).await.unwrap());
}

async fn a_message_that_is_not_parked_is_left_alone(store: Stored) {
    enqueue(&store, &message("message")).await;
    let id = claim(&store, NOW).await.unwrap().id;
    assert!(!store.repositories().outbox().unpark(id, NOW).await.unwrap());
    assert!(!store.repositories().outbox().unpark(message("other").id, NOW).await.unwrap());
    let is_held = store.repositories().outbox().complete(id, lease("worker"), None).await.unwrap();
    assert!(is_held, "the lease still holds");
}
