//! Changes of PostgreSQL that need tables for themselves, beside those who use them.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait as _};
use tokio::time::sleep;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

contract!(database on [postgres]: [
    whoever_reads_passes_while_a_long_transaction_is_waited_for,
    whoever_holds_an_account_and_changes_it_then_is_in_no_circle_with_a_change,
]);

/// A database without the changes that need tables for themselves.
async fn before(database: &EmptyDatabase) -> DatabaseConnection {
    let store = SeaStore::connect(&DatabaseOptions::new(database.url())).await.unwrap();
    let db = store.connection().clone();
    migration::up(&db).await.unwrap();
    let history = migration::status(&db).await.unwrap();
    let later = history.iter().skip_while(|step| step.name != "m20261129_042_block_deltas").count();
    migration::down_by(&db, u32::try_from(later).unwrap()).await.unwrap();
    let account =
        "INSERT INTO users (uuid, email, hashed_password, group_id, is_active, created_at, updated_at)
        SELECT gen_random_uuid(), 'ada@example.com', 'x', min(id), true, now(), now() FROM user_groups";
    db.execute_unprepared(account).await.unwrap();
    db
}

async fn whoever_reads_passes_while_a_long_transaction_is_waited_for(database: EmptyDatabase) {
    let db = before(&database).await;
    let dump = db.begin().await.unwrap();
    dump.execute_unprepared("SELECT count(*) FROM users").await.unwrap();
    let running = tokio::spawn({
        let db = db.clone();
        async move { migration::up(&db).await }
    });
    sleep(Duration::from_millis(500)).await;
    // It waits behind the change until that gives way.
    db.execute_unprepared("SELECT count(*) FROM users").await.unwrap();
    assert!(!running.is_finished());
    dump.commit().await.unwrap();
    running.await.unwrap().unwrap();
}

async fn whoever_holds_an_account_and_changes_it_then_is_in_no_circle_with_a_change(database: EmptyDatabase) {
    let db = before(&database).await;
    let unit = db.begin().await.unwrap();
    unit.execute_unprepared("SELECT 1 FROM users FOR UPDATE").await.unwrap();
    let running = tokio::spawn({
        let db = db.clone();
        async move { migration::up(&db).await }
    });
    sleep(Duration::from_millis(500)).await;
    unit.execute_unprepared("UPDATE users SET is_active = false").await.unwrap();
    let contact =
        "INSERT INTO contacts (fullname, fullname_folded, user_id) SELECT 'Bo', 'bo', id FROM users";
    unit.execute_unprepared(contact).await.unwrap();
    unit.commit().await.unwrap();
    running.await.unwrap().unwrap();
}
