//! Both ways of claiming messages: the way of SQLite, and that of the backends that lock rows.

use sea_orm::{ConnectionTrait as _, DbBackend};
use time::Duration;
use uuid::Uuid;
use vestibule_domain::messages::{InstanceId, Lease, OutboxMessage};
use vestibule_domain::store::Store;

use super::super::outbox::{Claim, Claimed};
use super::{NOW, SeaStore, in_file, message};

async fn claim_all(store: &SeaStore, lease: u128, limit: u64, at_once: bool) -> Claimed {
    let now = NOW + Duration::seconds(i64::try_from(lease).unwrap());
    let until = (now + Duration::seconds(10)).into();
    let (lease, holder) = (Lease(Uuid::from_u128(lease)), InstanceId(Uuid::from_u128(77)));
    let claim = Claim { lease, holder, now: now.into(), until, limit };
    if at_once {
        claim.at_once(&store.pools.writer).await.unwrap()
    } else {
        let transaction = store.pools.begin().await.unwrap();
        let claimed = claim.in_two_steps(&transaction).await.unwrap();
        transaction.commit().await.unwrap();
        claimed
    }
}

async fn claim(store: &SeaStore, lease: u128, limit: u64, at_once: bool) -> Vec<OutboxMessage> {
    let claimed = claim_all(store, lease, limit, at_once).await;
    assert_eq!(claimed.unreadable, []);
    claimed.messages
}

async fn both_ways_are_the_same(at_once: bool) {
    let (store, _, _folder) = in_file().await;
    for number in [3, 1, 2, 4] {
        store.repositories().outbox().enqueue(&message(number)).await.unwrap();
    }
    let claimed = |number, attempts| OutboxMessage { attempts, ..message(number) };
    assert_eq!(claim(&store, 1, 3, at_once).await, [claimed(1, 1), claimed(2, 1), claimed(3, 1)]);
    assert_eq!(claim(&store, 2, u64::MAX, at_once).await, [claimed(4, 1)]);
    assert_eq!(claim(&store, 3, u64::MAX, at_once).await, []);
    assert_eq!(claim(&store, 11, 2, at_once).await, [claimed(1, 2), claimed(2, 2)]);
}

#[tokio::test]
async fn messages_are_claimed_at_once() {
    both_ways_are_the_same(true).await;
}

#[tokio::test]
async fn messages_are_claimed_in_two_steps() {
    both_ways_are_the_same(false).await;
}

#[tokio::test]
async fn a_message_that_does_not_read_back_is_claimed_to_be_parked_both_ways() {
    for at_once in [true, false] {
        let (store, _, _folder) = in_file().await;
        for number in [1, 2] {
            store.repositories().outbox().enqueue(&message(number)).await.unwrap();
        }
        let damage = "UPDATE outbox_messages SET available_at = '' \
                      WHERE created_at < '2026-11-20 12:00:02'";
        store.connection().execute_unprepared(damage).await.unwrap();
        let claimed = claim_all(&store, 1, 2, at_once).await;
        assert_eq!(claimed.messages, [OutboxMessage { attempts: 1, ..message(2) }]);
        assert_eq!(claimed.unreadable, [message(1).id]);
        // Under the lease, so that it can be parked.
        let mut repositories = store.repositories();
        assert!(repositories.outbox().park(message(1).id, Lease(Uuid::from_u128(1)), NOW, "").await.unwrap());
    }
}

#[test]
fn backends_that_lock_rows_pass_over_locked_ones() {
    let now = NOW.into();
    let (lease, holder) = (Lease(Uuid::from_u128(1)), InstanceId(Uuid::from_u128(77)));
    let claim = Claim { lease, holder, now, until: now, limit: 5 };
    for backend in [DbBackend::Postgres, DbBackend::MySql] {
        let sql = backend.build(&claim.free_and_locked()).to_string();
        assert!(sql.ends_with("LIMIT 5 FOR UPDATE SKIP LOCKED"), "{sql}");
    }
}
