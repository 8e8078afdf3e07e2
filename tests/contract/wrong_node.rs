//! After a failover: connections to a server that takes no writes any more.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend};
use tokio::time::timeout;
use vestibule_domain::store::{Store, StoreError};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::given::{NOW, account};
use crate::servers::cut;

contract!(database on [postgres, mariadb]: [
    the_second_write_after_a_failover_goes_to_the_new_server,
    the_second_unit_after_a_failover_goes_to_the_new_server,
    a_server_that_hangs_up_costs_one_write,
    a_probe_of_writes_tells_a_server_that_takes_none,
    connections_are_replaced_after_their_life,
]);

const CONNECTIONS: u32 = 4;

async fn store(database: &EmptyDatabase, max_lifetime: Duration) -> SeaStore {
    migration::up(&database.connect().await).await.unwrap();
    let options = DatabaseOptions {
        max_connections: CONNECTIONS,
        acquire_timeout: Duration::from_secs(5),
        max_lifetime,
        ..DatabaseOptions::new(database.url())
    };
    SeaStore::connect(&options).await.unwrap()
}

/// Runs a statement on every connection that the pool may have.
async fn on_every_connection(store: &SeaStore, sql: &str) {
    let sleep = match store.connection().get_database_backend() {
        DbBackend::Postgres => "SELECT pg_sleep(0.3)",
        _ => "SELECT sleep(0.3)",
    };
    let both = format!("{sql};{sleep}");
    let all = (0..CONNECTIONS).map(|_| store.connection().execute_unprepared(&both));
    for done in futures::future::join_all(all).await {
        done.unwrap();
    }
}

/// A store all of whose connections are to a server that was made a standby; new ones are to the primary.
async fn after_a_failover(database: &EmptyDatabase) -> SeaStore {
    let store = store(database, Duration::from_mins(30)).await;
    let demote = match store.connection().get_database_backend() {
        DbBackend::Postgres => "SET default_transaction_read_only = on",
        _ => "SET SESSION TRANSACTION READ ONLY",
    };
    on_every_connection(&store, demote).await;
    store
}

async fn insert(store: &SeaStore, address: &str) -> Result<(), StoreError> {
    store.repositories().accounts().insert(&account(address)).await.map(drop)
}

async fn the_second_write_after_a_failover_goes_to_the_new_server(database: EmptyDatabase) {
    let store = after_a_failover(&database).await;
    let first = insert(&store, "one@example.com").await;
    assert!(matches!(first, Err(StoreError::Unavailable(_))), "{first:?}");
    for number in 0..2 * CONNECTIONS {
        insert(&store, &format!("{number}@example.com")).await.unwrap();
    }
}

async fn the_second_unit_after_a_failover_goes_to_the_new_server(database: EmptyDatabase) {
    let store = after_a_failover(&database).await;
    let mut unit = store.begin().await.unwrap();
    let first = unit.accounts().insert(&account("one@example.com")).await;
    assert!(matches!(first, Err(StoreError::Unavailable(_))), "{first:?}");
    drop(unit);
    let mut unit = store.begin().await.unwrap();
    let id = unit.accounts().insert(&account("one@example.com")).await.unwrap();
    unit.commit().await.unwrap();
    assert!(store.repositories().accounts().deactivate(id, NOW).await.unwrap());
}

async fn a_server_that_hangs_up_costs_one_write(database: EmptyDatabase) {
    let store = store(&database, Duration::from_mins(30)).await;
    on_every_connection(&store, "SELECT 1").await;
    cut(&database).await;
    let mut refused = 0;
    for number in 0..2 * CONNECTIONS {
        match insert(&store, &format!("{number}@example.com")).await {
            Ok(()) => {}
            Err(StoreError::Unavailable(_)) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(refused <= 1, "{refused}");
}

async fn a_probe_of_writes_tells_a_server_that_takes_none(database: EmptyDatabase) {
    let store = after_a_failover(&database).await;
    store.ping().await.unwrap();
    assert!(matches!(store.probe_writes().await, Err(StoreError::Unavailable(_))));
    store.probe_writes().await.unwrap();
    store.probe_writes().await.unwrap();
}

async fn connections_are_replaced_after_their_life(database: EmptyDatabase) {
    let store = store(&database, Duration::from_millis(1)).await;
    let me = match store.connection().get_database_backend() {
        DbBackend::Postgres => "SET application_name = 'marked'",
        _ => "SET @marked = 1",
    };
    store.connection().execute_unprepared(me).await.unwrap();
    let marked = match store.connection().get_database_backend() {
        DbBackend::Postgres => "SELECT current_setting('application_name') = 'marked' AS marked",
        _ => "SELECT @marked IS NOT NULL AS marked",
    };
    let ask = sea_orm::Statement::from_string(store.connection().get_database_backend(), marked);
    let replaced = async {
        loop {
            let row = store.connection().query_one_raw(ask.clone()).await.unwrap().unwrap();
            let is_marked = match store.connection().get_database_backend() {
                DbBackend::Postgres => row.try_get_by_index::<bool>(0).unwrap(),
                _ => row.try_get_by_index::<i64>(0).unwrap() == 1,
            };
            if !is_marked {
                return;
            }
        }
    };
    timeout(Duration::from_secs(10), replaced).await.unwrap();
}
