//! What contacts are searched by, after its table was taken back and made anew.

use migration::{Migrator, MigratorTrait as _};
use std::sync::Arc;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::given::{add, facts, find, owner};
use crate::given::Stored;

contract!(database on [sqlite, postgres, mariadb]: [
    a_contact_that_is_changed_after_down_and_up_is_found,
]);

async fn a_contact_that_is_changed_after_down_and_up_is_found(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let store: Stored = Arc::new(
        SeaStore::connect(&DatabaseOptions { max_connections: 2, ..DatabaseOptions::new(database.url()) })
            .await
            .unwrap(),
    );
    let owner = owner(&store).await;
    let id = add(&store, owner, "Ada Lovelace").await;
    let history = Migrator::migrations();
    let at = history.iter().position(|step| step.name() == "m20261126_020_contact_trigrams").unwrap();
    migration::down_by(&db, u32::try_from(history.len() - at).unwrap()).await.unwrap();
    migration::up(&db).await.unwrap();
    store.repositories().contacts().change(owner, id, &facts("Ada Byron")).await.unwrap();
    assert_eq!(find(&store, owner, "Ada").await, Some(id));
}
