//! Threads that are to have connections of their own, which the server refuses.

use futures::future::join_all;
use sea_orm::ConnectionTrait as _;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::own_connections::in_a_thread;

contract!(database on [postgres]: [a_thread_whose_own_are_refused_uses_those_of_all]);

async fn a_thread_whose_own_are_refused_uses_those_of_all(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let (_, place) = database.url().rsplit_once('@').unwrap();
    let (_, name) = place.rsplit_once('/').unwrap();
    // Of this test alone.
    let role = format!("reader_of_{name}");
    for statement in [
        format!("CREATE ROLE {role} LOGIN PASSWORD 'read'"),
        format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"),
    ] {
        db.execute_unprepared(&statement).await.unwrap();
    }
    let url = format!("postgres://{role}:read@{place}");
    let options = DatabaseOptions { max_connections: 8, threads: 2, ..DatabaseOptions::new(url) };
    let store = SeaStore::connect(&options).await.unwrap();
    // All that are shared are open.
    let units = join_all((0..2).map(|_| store.begin())).await;
    db.execute_unprepared(&format!("ALTER ROLE {role} NOLOGIN")).await.unwrap();
    for unit in units {
        unit.unwrap().commit().await.unwrap();
    }
    let theirs = store.clone();
    in_a_thread(async move |_| {
        let _own = theirs.own_connections();
        for _ in 0..10 {
            let found = theirs.repositories().accounts().by_id(AccountId(1)).await;
            assert!(found.unwrap().is_none());
        }
    })
    .await;
    store.close().await;
    for statement in [format!("DROP OWNED BY {role}"), format!("DROP ROLE {role}")] {
        db.execute_unprepared(&statement).await.unwrap();
    }
}
