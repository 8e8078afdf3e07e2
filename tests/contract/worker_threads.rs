//! Connections that a thread with a runtime of its own asked for, as those are that answer requests.

use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{at_once, contract};

contract!(database on [sqlite, postgres, mariadb]: [
    connections_outlive_the_thread_that_asked_for_them,
]);

const CONNECTIONS: u32 = 4;

/// Uses as many connections at the same time as there are.
async fn use_all(store: &SeaStore) {
    at_once(CONNECTIONS as usize, |number| {
        let store = store.clone();
        async move {
            let id = AccountId(i64::try_from(number).unwrap());
            let found = store.repositories().accounts().by_id(id).await;
            assert!(found.unwrap().is_none());
        }
    })
    .await;
}

async fn connections_outlive_the_thread_that_asked_for_them(database: EmptyDatabase) {
    let options = DatabaseOptions { max_connections: CONNECTIONS, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let theirs = store.clone();
    let worker = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(use_all(&theirs));
    });
    worker.await.unwrap();
    use_all(&store).await;
    store.begin().await.unwrap().commit().await.unwrap();
}
