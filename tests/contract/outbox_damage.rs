//! The contract of `OutboxRepository`: messages that do not read back, among those that operators look at.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use vestibule_domain::messages::{OutboxMessage, Queue, SentMessage};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::given::{MOMENT, NOW, Stored, enqueue, message, sent};
use crate::outbox_queues::list;
use crate::sent_messages;

contract!(database on [sqlite, postgres, mariadb]: [
    a_list_goes_on_after_messages_that_do_not_read_back,
    the_list_of_what_was_sent_goes_on_after_what_a_newer_release_sent,
]);

/// There are more of them than a part has.
async fn a_list_goes_on_after_messages_that_do_not_read_back(database: EmptyDatabase) {
    let store = SeaStore::connect(&DatabaseOptions::new(database.url())).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let stored: Stored = Arc::new(store.clone());
    for number in 0_u8..7 {
        let sent = message(&format!("m{number}"));
        let created_at = NOW + MOMENT * i32::from(number);
        enqueue(&stored, &OutboxMessage { created_at, attempts: u32::from(number), ..sent }).await;
    }
    for damage in ["channel = 'x' WHERE attempts IN (1, 3)", "language = 'x' WHERE attempts IN (2, 4)"] {
        let damage = format!("UPDATE outbox_messages SET {damage}");
        store.connection().execute_unprepared(&damage).await.unwrap();
    }
    for limit in [1, 2, 3, 6] {
        let listed = list(&stored, Queue::Waiting, limit).await;
        let ids: Vec<_> = listed.iter().map(|queued| queued.message.id).collect();
        assert_eq!(ids, ["m0", "m5", "m6"].map(|name| message(name).id), "{limit}");
    }
    let first = stored.repositories().outbox().list(Queue::Waiting, None, 3).await.unwrap();
    assert_eq!((first.items.len(), first.next.is_some()), (1, true));
    let whole = stored.repositories().outbox().list(Queue::Waiting, None, 7).await.unwrap();
    assert_eq!((whole.items.len(), whole.next), (3, None));
    store.close().await;
}

/// By another channel, say.
async fn the_list_of_what_was_sent_goes_on_after_what_a_newer_release_sent(database: EmptyDatabase) {
    let store = SeaStore::connect(&DatabaseOptions::new(database.url())).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let stored: Stored = Arc::new(store.clone());
    for number in 0_u8..7 {
        let sent_at = NOW - MOMENT * i32::from(number);
        let record = SentMessage { sent_at, attempts: u32::from(number), ..sent(&format!("m{number}")) };
        sent_messages::keep(&stored, &record).await;
    }
    for damage in ["channel = 'x' WHERE attempts IN (1, 3)", "language = 'x' WHERE attempts IN (2, 4)"] {
        let damage = format!("UPDATE sent_messages SET {damage}");
        store.connection().execute_unprepared(&damage).await.unwrap();
    }
    for limit in [1, 2, 3, 6] {
        let listed = sent_messages::list(&stored, limit).await;
        let ids: Vec<_> = listed.iter().map(|sent| sent.id).collect();
        assert_eq!(ids, ["m0", "m5", "m6"].map(|name| message(name).id), "{limit}");
    }
    store.close().await;
}
