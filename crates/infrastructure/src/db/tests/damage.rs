//! Rows that do not read back.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use vestibule_domain::messages::Lease;
use vestibule_domain::store::{Store, StoreError};

use super::{NOW, account, in_file, message};

#[tokio::test]
async fn a_group_that_nobody_knows_is_named() {
    let (store, _, _folder) = in_file().await;
    let mut repositories = store.repositories();
    let id = repositories.accounts().insert(&account(1)).await.unwrap();
    store
        .connection()
        .execute_unprepared("UPDATE users SET group_id = 9")
        .await
        .unwrap();
    let Err(StoreError::Unexpected(cause)) = repositories.accounts().by_id(id).await else {
        panic!()
    };
    assert_eq!(
        cause.to_string(),
        "column group_id of users does not read back in the row 1"
    );
}

#[tokio::test]
async fn a_time_that_is_none_is_unexpected() {
    let (store, _, _folder) = in_file().await;
    let mut repositories = store.repositories();
    let id = repositories.accounts().insert(&account(1)).await.unwrap();
    store
        .connection()
        .execute_unprepared("UPDATE users SET created_at = 'noon'")
        .await
        .unwrap();
    let Err(StoreError::Unexpected(cause)) = repositories.accounts().by_id(id).await else {
        panic!()
    };
    assert!(cause.to_string().contains("created_at"), "{cause}");
}

#[tokio::test]
async fn a_message_that_does_not_read_back_keeps_nobody_from_the_others() {
    let (store, _, _folder) = in_file().await;
    let mut repositories = store.repositories();
    for number in 1..=2 {
        repositories.outbox().enqueue(&message(number)).await.unwrap();
    }
    let damage = "UPDATE outbox_messages SET language = 'xx' WHERE created_at < '2026-11-20 12:00:02'";
    store.connection().execute_unprepared(damage).await.unwrap();
    let until = NOW + time::Duration::minutes(1);
    let claimed = repositories
        .outbox()
        .claim(Lease(Uuid::from_u128(9)), NOW, until, 10)
        .await
        .unwrap();
    assert_eq!(
        claimed.iter().map(|message| message.id).collect::<Vec<_>>(),
        [message(2).id]
    );
    assert_eq!(repositories.outbox().waiting().await.unwrap(), 2);
}
