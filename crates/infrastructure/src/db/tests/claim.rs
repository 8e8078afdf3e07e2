//! Both ways of claiming messages: the way of SQLite, and that of the backends that lock rows.

use sea_orm::{DbBackend, TransactionTrait};
use time::Duration;
use uuid::Uuid;
use vestibule_domain::messages::{Lease, OutboxMessage};
use vestibule_domain::store::Store;

use super::super::outbox::Claim;
use super::{NOW, SeaStore, in_file, message};

async fn claim(store: &SeaStore, lease: u128, limit: u64, at_once: bool) -> Vec<OutboxMessage> {
    let now = NOW + Duration::seconds(i64::try_from(lease).unwrap());
    let until = (now + Duration::seconds(10)).into();
    let claim = Claim {
        lease: Lease(Uuid::from_u128(lease)),
        now: now.into(),
        until,
        limit,
    };
    let rows = if at_once {
        claim.at_once(store.connection()).await.unwrap()
    } else {
        let transaction = store.connection().begin().await.unwrap();
        let rows = claim.in_two_steps(&transaction).await.unwrap();
        transaction.commit().await.unwrap();
        rows
    };
    rows.into_iter()
        .map(|row| OutboxMessage::try_from(row).unwrap())
        .collect()
}

async fn both_ways_are_the_same(at_once: bool) {
    let (store, _, _folder) = in_file().await;
    for number in [3, 1, 2, 4] {
        store
            .repositories()
            .outbox()
            .enqueue(&message(number))
            .await
            .unwrap();
    }
    let claimed = |number, attempts| OutboxMessage {
        attempts,
        ..message(number)
    };
    assert_eq!(
        claim(&store, 1, 3, at_once).await,
        [claimed(1, 1), claimed(2, 1), claimed(3, 1)]
    );
    assert_eq!(claim(&store, 2, u64::MAX, at_once).await, [claimed(4, 1)]);
    assert_eq!(claim(&store, 3, u64::MAX, at_once).await, []);
    assert_eq!(
        claim(&store, 11, 2, at_once).await,
        [claimed(1, 2), claimed(2, 2)]
    );
}

#[tokio::test]
async fn messages_are_claimed_at_once() {
    both_ways_are_the_same(true).await;
}

#[tokio::test]
async fn messages_are_claimed_in_two_steps() {
    both_ways_are_the_same(false).await;
}

#[test]
fn backends_that_lock_rows_pass_over_locked_ones() {
    let now = NOW.into();
    let claim = Claim {
        lease: Lease(Uuid::from_u128(1)),
        now,
        until: now,
        limit: 5,
    };
    for backend in [DbBackend::Postgres, DbBackend::MySql] {
        let sql = backend.build(&claim.free_and_locked()).to_string();
        assert!(sql.ends_with("LIMIT 5 FOR UPDATE SKIP LOCKED"), "{sql}");
    }
}
