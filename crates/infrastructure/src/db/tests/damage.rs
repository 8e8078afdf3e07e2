//! Rows that do not read back.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::messages::{InstanceId, Lease, MessageId};
use vestibule_domain::store::{Store, StoreError};

use super::{NOW, SeaStore, account, in_file, message};

#[tokio::test]
async fn a_group_that_nobody_knows_is_named() {
    let (store, _, _folder) = in_file().await;
    let mut repositories = store.repositories();
    let id = repositories.accounts().insert(&account(1)).await.unwrap();
    store.connection().execute_unprepared("UPDATE users SET group_id = 9").await.unwrap();
    let Err(StoreError::Unexpected(cause)) = repositories.accounts().by_id(id).await else { panic!() };
    assert_eq!(cause.to_string(), "column group_id of users does not read back in the row 1");
}

#[tokio::test]
async fn a_time_that_is_none_is_unexpected() {
    let (store, _, _folder) = in_file().await;
    let mut repositories = store.repositories();
    let id = repositories.accounts().insert(&account(1)).await.unwrap();
    store.connection().execute_unprepared("UPDATE users SET created_at = 'noon'").await.unwrap();
    let Err(StoreError::Unexpected(cause)) = repositories.accounts().by_id(id).await else { panic!() };
    assert!(cause.to_string().contains("created_at"), "{cause}");
}

/// A column may be of its type and mean nothing, or not even be of its type.
const DAMAGES: [&str; 3] = ["language = 'xx'", "channel = 'fax'", "available_at = ''"];

/// A store with two messages, of which the older one is damaged.
async fn with_damaged_message(damage: &str) -> (SeaStore, TempDir) {
    let (store, _, folder) = in_file().await;
    let mut repositories = store.repositories();
    for number in 1..=2 {
        repositories.outbox().enqueue(&message(number)).await.unwrap();
    }
    let damage = format!("UPDATE outbox_messages SET {damage} WHERE created_at < '2026-11-20 12:00:02'");
    store.connection().execute_unprepared(&damage).await.unwrap();
    (store, folder)
}

async fn claim(store: &SeaStore, lease: u128, now: OffsetDateTime, limit: u64) -> Vec<MessageId> {
    let (lease, until) = (Lease(Uuid::from_u128(lease)), now + Duration::minutes(1));
    let claimed =
        store.repositories().outbox().claim(lease, InstanceId(Uuid::nil()), now, until, limit).await.unwrap();
    claimed.iter().map(|message| message.id).collect()
}

#[tokio::test]
async fn a_message_that_does_not_read_back_keeps_nobody_from_the_others() {
    for damage in DAMAGES {
        let (store, _folder) = with_damaged_message(damage).await;
        assert_eq!(claim(&store, 9, NOW, 10).await, [message(2).id], "{damage}");
    }
}

#[tokio::test]
async fn a_message_that_does_not_read_back_is_parked_and_not_claimed_again() {
    for damage in DAMAGES {
        let (store, _folder) = with_damaged_message(damage).await;
        // It is the first of the batch, and would be the first of every batch.
        assert_eq!(claim(&store, 8, NOW, 1).await, [], "{damage}");
        assert_eq!(claim(&store, 9, NOW + Duration::minutes(1), 1).await, [message(2).id], "{damage}");
        assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 1, "{damage}");
        let parked = "SELECT id FROM outbox_messages WHERE parked_at LIKE '2026-11-20 12:00:00%' \
                      AND last_error = 'the row does not read back' AND lease IS NULL";
        let parked = Statement::from_string(DbBackend::Sqlite, parked);
        let parked = store.connection().query_all_raw(parked).await.unwrap();
        let ids: Vec<Uuid> = parked.iter().map(|row| row.try_get("", "id").unwrap()).collect();
        assert_eq!(ids, [message(1).id.0], "{damage}");
    }
}
