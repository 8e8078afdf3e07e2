//! The contract of `OutboxRepository`.

use time::{Duration, OffsetDateTime};
use vestibule_domain::messages::{Channel, Language, MessageId, OutboxMessage};
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOW, Stored, enqueue, id, instance, lease, message};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_message_is_claimed_as_it_was_written,
    a_message_in_english_stays_in_english,
    a_message_leaves_by_the_channel_it_was_written_for,
    a_sealed_notice_is_kept_to_the_byte,
    an_empty_outbox_gives_nothing,
    a_message_is_not_claimed_before_it_is_available,
    the_oldest_message_is_claimed_first,
    a_claim_keeps_to_its_limit,
    a_claim_of_nothing_claims_nothing,
    a_message_under_a_lease_is_not_claimed,
    a_message_is_claimed_again_when_its_lease_is_over,
    every_claim_is_counted,
    a_sent_message_is_gone,
    a_message_is_completed_once,
    an_unknown_message_cannot_be_settled,
    a_message_that_was_never_claimed_cannot_be_settled,
    a_lost_lease_cannot_complete,
    a_lost_lease_cannot_retry,
    a_lost_lease_cannot_park,
    a_message_given_back_is_claimed_again_when_it_is_time,
    a_message_given_back_is_no_longer_leased,
    a_parked_message_is_never_claimed_again,
    a_parked_message_is_no_longer_leased,
    waiting_messages_are_counted_whatever_they_wait_for,
    parked_and_sent_messages_are_not_counted,
    a_purge_removes_what_was_parked_at_or_before_its_time,
    a_purge_of_parked_messages_leaves_those_that_wait,
    a_purge_of_parked_messages_keeps_to_its_limit_oldest_first,
    parked_messages_are_counted_apart,
    parallel_claims_never_overlap,
    a_message_of_a_unit_that_was_dropped_is_not_there,
    a_claim_of_a_unit_that_was_dropped_did_not_happen,
]);

const LEASE: Duration = Duration::MINUTE;

/// Claims at a time, for a minute.
async fn claim(store: &Stored, worker: &str, now: OffsetDateTime, limit: u64) -> Vec<OutboxMessage> {
    let mut repositories = store.repositories();
    let outbox = repositories.outbox();
    outbox.claim(lease(worker), instance("process"), now, now + LEASE, limit).await.unwrap()
}

async fn park_at(store: &Stored, name: &str, at: OffsetDateTime) {
    enqueue(store, &message(name)).await;
    claim(store, "worker", NOW, 10).await;
    assert!(store.repositories().outbox().park(message(name).id, lease("worker"), at, "x").await.unwrap());
}

async fn purge(store: &Stored, until: OffsetDateTime, limit: u64) -> u64 {
    store.repositories().outbox().purge_parked(until, limit).await.unwrap()
}

/// Adds a message and lets a worker claim it.
async fn claimed(store: &Stored, worker: &str) -> MessageId {
    enqueue(store, &message("message")).await;
    claim(store, worker, NOW, 1).await[0].id
}

/// Lets another worker claim a message after the first one's lease.
async fn claimed_by_another(store: &Stored) -> MessageId {
    let id = claimed(store, "first").await;
    assert_eq!(claim(store, "second", NOW + LEASE, 1).await.len(), 1);
    id
}

async fn complete(store: &Stored, id: MessageId, worker: &str) -> bool {
    store.repositories().outbox().complete(id, lease(worker), None).await.unwrap()
}

async fn retry(store: &Stored, id: MessageId, worker: &str, at: OffsetDateTime) -> bool {
    store.repositories().outbox().retry(id, lease(worker), at, "no connection").await.unwrap()
}

async fn park(store: &Stored, id: MessageId, worker: &str) -> bool {
    store.repositories().outbox().park(id, lease(worker), NOW, "refused").await.unwrap()
}

async fn waiting(store: &Stored) -> u64 {
    store.repositories().outbox().waiting().await.unwrap()
}

async fn a_message_is_claimed_as_it_was_written(store: Stored) {
    let message = message("message");
    enqueue(&store, &message).await;
    assert_eq!(claim(&store, "worker", NOW, 10).await, [OutboxMessage { attempts: 1, ..message }]);
}

async fn a_message_in_english_stays_in_english(store: Stored) {
    enqueue(&store, &OutboxMessage { language: Language::En, ..message("message") }).await;
    assert_eq!(claim(&store, "worker", NOW, 10).await[0].language, Language::En);
}

async fn a_message_leaves_by_the_channel_it_was_written_for(store: Stored) {
    enqueue(&store, &OutboxMessage { channel: Channel::Sms, ..message("message") }).await;
    assert_eq!(claim(&store, "worker", NOW, 10).await[0].channel, Channel::Sms);
}

async fn a_sealed_notice_is_kept_to_the_byte(store: Stored) {
    let sealed_notice: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    enqueue(&store, &OutboxMessage { sealed_notice: sealed_notice.clone(), ..message("message") }).await;
    assert_eq!(claim(&store, "worker", NOW, 10).await[0].sealed_notice, sealed_notice);
}

async fn an_empty_outbox_gives_nothing(store: Stored) {
    assert_eq!(claim(&store, "worker", NOW, 10).await, []);
}

async fn a_message_is_not_claimed_before_it_is_available(store: Stored) {
    enqueue(&store, &message("message")).await;
    assert_eq!(claim(&store, "worker", NOW - MOMENT, 10).await, []);
    assert_eq!(claim(&store, "worker", NOW, 10).await.len(), 1);
}

async fn the_oldest_message_is_claimed_first(store: Stored) {
    let mut expected = Vec::new();
    for (age, name) in [(2, "second"), (1, "third"), (3, "first")] {
        let message = OutboxMessage { created_at: NOW - MOMENT * age, ..message(name) };
        enqueue(&store, &message).await;
        expected.push(message);
    }
    expected.sort_by_key(|message| message.created_at);
    let claimed = claim(&store, "worker", NOW, 10).await;
    let ids = |messages: &[OutboxMessage]| messages.iter().map(|message| message.id).collect::<Vec<_>>();
    assert_eq!(ids(&claimed), ids(&expected));
}

async fn a_claim_keeps_to_its_limit(store: Stored) {
    let old = OutboxMessage { created_at: NOW - MOMENT, ..message("old") };
    enqueue(&store, &message("new")).await;
    enqueue(&store, &old).await;
    let claimed = claim(&store, "worker", NOW, 1).await;
    assert_eq!(claimed.into_iter().map(|message| message.id).collect::<Vec<_>>(), [old.id]);
}

async fn a_claim_of_nothing_claims_nothing(store: Stored) {
    enqueue(&store, &message("message")).await;
    assert_eq!(claim(&store, "worker", NOW, 0).await, []);
    assert_eq!(claim(&store, "worker", NOW, 1).await.len(), 1);
}

async fn a_message_under_a_lease_is_not_claimed(store: Stored) {
    claimed(&store, "first").await;
    assert_eq!(claim(&store, "second", NOW + LEASE - MOMENT, 10).await, []);
}

async fn a_message_is_claimed_again_when_its_lease_is_over(store: Stored) {
    let id = claimed(&store, "first").await;
    let again = claim(&store, "second", NOW + LEASE, 10).await;
    assert_eq!(again.into_iter().map(|message| message.id).collect::<Vec<_>>(), [id]);
}

async fn every_claim_is_counted(store: Stored) {
    let id = claimed(&store, "first").await;
    retry(&store, id, "first", NOW).await;
    assert_eq!(claim(&store, "second", NOW, 1).await[0].attempts, 2);
    assert_eq!(claim(&store, "third", NOW + LEASE, 1).await[0].attempts, 3);
}

async fn a_sent_message_is_gone(store: Stored) {
    let id = claimed(&store, "worker").await;
    assert!(complete(&store, id, "worker").await);
    assert_eq!(claim(&store, "worker", NOW + LEASE, 10).await, []);
}

async fn a_message_is_completed_once(store: Stored) {
    let id = claimed(&store, "worker").await;
    assert!(complete(&store, id, "worker").await);
    assert!(!complete(&store, id, "worker").await);
}

async fn an_unknown_message_cannot_be_settled(store: Stored) {
    claimed(&store, "worker").await;
    let unknown = MessageId(id("unknown"));
    assert!(!complete(&store, unknown, "worker").await);
    assert!(!retry(&store, unknown, "worker", NOW).await);
    assert!(!park(&store, unknown, "worker").await);
}

async fn a_message_that_was_never_claimed_cannot_be_settled(store: Stored) {
    let message = message("message");
    enqueue(&store, &message).await;
    assert!(!complete(&store, message.id, "worker").await);
    assert!(!retry(&store, message.id, "worker", NOW).await);
    assert!(!park(&store, message.id, "worker").await);
}

async fn a_lost_lease_cannot_complete(store: Stored) {
    let id = claimed_by_another(&store).await;
    assert!(!complete(&store, id, "first").await);
    assert!(complete(&store, id, "second").await);
}

async fn a_lost_lease_cannot_retry(store: Stored) {
    let id = claimed_by_another(&store).await;
    assert!(!retry(&store, id, "first", NOW).await);
    // The other worker's lease still runs.
    assert_eq!(claim(&store, "third", NOW + LEASE, 10).await, []);
}

async fn a_lost_lease_cannot_park(store: Stored) {
    let id = claimed_by_another(&store).await;
    assert!(!park(&store, id, "first").await);
    assert_eq!(claim(&store, "third", NOW + LEASE * 2, 10).await.len(), 1);
}

async fn a_message_given_back_is_claimed_again_when_it_is_time(store: Stored) {
    let id = claimed(&store, "first").await;
    let at = NOW + Duration::SECOND;
    assert!(retry(&store, id, "first", at).await);
    assert_eq!(claim(&store, "second", at - MOMENT, 10).await, []);
    let again = OutboxMessage { available_at: at, attempts: 2, ..message("message") };
    assert_eq!(claim(&store, "second", at, 10).await, [again]);
}

async fn a_message_given_back_is_no_longer_leased(store: Stored) {
    let id = claimed(&store, "worker").await;
    retry(&store, id, "worker", NOW).await;
    assert!(!complete(&store, id, "worker").await);
}

async fn a_parked_message_is_never_claimed_again(store: Stored) {
    let id = claimed(&store, "worker").await;
    assert!(park(&store, id, "worker").await);
    assert_eq!(claim(&store, "worker", NOW + Duration::days(9_000), 10).await, []);
}

async fn a_parked_message_is_no_longer_leased(store: Stored) {
    let id = claimed(&store, "worker").await;
    park(&store, id, "worker").await;
    assert!(!complete(&store, id, "worker").await);
}

async fn waiting_messages_are_counted_whatever_they_wait_for(store: Stored) {
    claimed(&store, "worker").await;
    enqueue(&store, &OutboxMessage { available_at: NOW + Duration::DAY, ..message("later") }).await;
    enqueue(&store, &message("free")).await;
    assert_eq!(waiting(&store).await, 3);
}

async fn parked_and_sent_messages_are_not_counted(store: Stored) {
    for name in ["parked", "sent", "waiting"] {
        enqueue(&store, &message(name)).await;
    }
    claim(&store, "worker", NOW, 10).await;
    park(&store, message("parked").id, "worker").await;
    complete(&store, message("sent").id, "worker").await;
    assert_eq!(waiting(&store).await, 1);
}

async fn a_purge_removes_what_was_parked_at_or_before_its_time(store: Stored) {
    for (name, at) in [("before", NOW - MOMENT), ("then", NOW), ("after", NOW + MOMENT)] {
        park_at(&store, name, at).await;
    }
    assert_eq!(purge(&store, NOW, 100).await, 2);
    assert_eq!(purge(&store, NOW, 100).await, 0);
    assert_eq!(purge(&store, NOW + MOMENT, 100).await, 1);
}

async fn a_purge_of_parked_messages_leaves_those_that_wait(store: Stored) {
    claimed(&store, "worker").await;
    enqueue(&store, &message("free")).await;
    assert_eq!(purge(&store, NOW + Duration::days(9_000), 100).await, 0);
    assert_eq!(waiting(&store).await, 2);
}

async fn a_purge_of_parked_messages_keeps_to_its_limit_oldest_first(store: Stored) {
    for (name, at) in [("new", NOW), ("old", NOW - MOMENT * 2), ("older", NOW - MOMENT * 3)] {
        park_at(&store, name, at).await;
    }
    assert_eq!(purge(&store, NOW, 0).await, 0);
    assert_eq!(purge(&store, NOW, 2).await, 2);
    assert_eq!(purge(&store, NOW - MOMENT, 2).await, 0);
    assert_eq!(purge(&store, NOW, 2).await, 1);
}

async fn parked_messages_are_counted_apart(store: Stored) {
    for name in ["one", "two", "sent", "waiting"] {
        enqueue(&store, &message(name)).await;
    }
    let parked = || async { store.repositories().outbox().parked().await.unwrap() };
    assert_eq!(parked().await, 0);
    claim(&store, "worker", NOW, 10).await;
    park(&store, message("one").id, "worker").await;
    park(&store, message("two").id, "worker").await;
    complete(&store, message("sent").id, "worker").await;
    assert_eq!(parked().await, 2);
}

async fn parallel_claims_never_overlap(store: Stored) {
    const MESSAGES: usize = 60;
    for number in 0..MESSAGES {
        enqueue(&store, &message(&number.to_string())).await;
    }
    let batches = at_once(6, |worker| {
        let store = store.clone();
        async move {
            let mut claimed = Vec::new();
            // Rather than until there is nothing left: a store that hands out forever is to fail.
            for _ in 0..MESSAGES {
                let batch = claim(&store, &worker.to_string(), NOW, 4).await;
                claimed.extend(batch.into_iter().map(|message| message.id.0));
            }
            claimed
        }
    })
    .await;
    let mut claimed = batches.concat();
    claimed.sort_unstable();
    claimed.dedup();
    assert_eq!((claimed.len(), batches.concat().len()), (MESSAGES, MESSAGES));
}

async fn a_message_of_a_unit_that_was_dropped_is_not_there(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    unit.outbox().enqueue(&message("message")).await.unwrap();
    drop(unit);
    assert_eq!(waiting(&store).await, 0);
}

async fn a_claim_of_a_unit_that_was_dropped_did_not_happen(store: Stored) {
    enqueue(&store, &message("message")).await;
    let mut unit = store.begin().await.unwrap();
    unit.outbox().claim(lease("first"), instance("process"), NOW, NOW + LEASE, 1).await.unwrap();
    drop(unit);
    // A server undoes the unit a moment after it was dropped, and until then a claim passes over the message.
    let mut again = Vec::new();
    for _ in 0..1_000 {
        again = claim(&store, "second", NOW, 1).await;
        if !again.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(again, [OutboxMessage { attempts: 1, ..message("message") }]);
}
