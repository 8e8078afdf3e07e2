//! A database that is full. SQLite then rolls back by itself, behind the driver's back.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::{Store, StoreError};

use super::super::pool::Statements as _;
use super::{DatabaseOptions, SeaStore, account, in_file, session};

/// Lets the file of the writer's connection grow no further than by these pages.
async fn leave_pages(store: &SeaStore, pages: i64) {
    let db = &store.pools.writer;
    let count = Statement::from_string(DbBackend::Sqlite, "PRAGMA page_count");
    let count = db.rows_of::<(i64,)>(count).await.unwrap()[0].0;
    db.execute_unprepared(&format!("PRAGMA max_page_count = {}", count + pages)).await.unwrap();
}

async fn in_a_unit(store: &SeaStore, number: u128) -> Result<AccountId, StoreError> {
    let mut unit = store.begin().await?;
    let id = unit.accounts().insert(&account(number)).await?;
    unit.sessions().insert(&session(number, id)).await?;
    unit.commit().await?;
    Ok(id)
}

async fn by_itself(store: &SeaStore, number: u128) -> Result<AccountId, StoreError> {
    store.repositories().accounts().insert(&account(number)).await
}

/// What was acknowledged and what is there, by another store on the same file.
async fn compare(options: &DatabaseOptions, acknowledged: &[AccountId]) {
    let other = SeaStore::connect(options).await.unwrap();
    let all = Statement::from_string(DbBackend::Sqlite, "SELECT id FROM users ORDER BY id");
    let rows = other.connection().query_all_raw(all).await.unwrap();
    let found: Vec<_> = rows.iter().map(|row| AccountId(row.try_get_by_index(0).unwrap())).collect();
    let mut acknowledged = acknowledged.to_vec();
    acknowledged.sort_unstable();
    assert_eq!(found, acknowledged);
}

#[tokio::test]
async fn a_full_database_loses_nothing_and_goes_on_when_there_is_room() {
    let (store, options, _folder) = in_file().await;
    let (mut acknowledged, mut number) = (Vec::new(), 0);
    for round in 0..30 {
        leave_pages(&store, round % 4).await;
        let mut refused = 0;
        // A connection that was closed took its limit with it.
        for _ in 0..200 {
            number += 1;
            let inserted = if number % 2 == 0 {
                in_a_unit(&store, number).await
            } else {
                by_itself(&store, number).await
            };
            match inserted {
                Ok(id) => acknowledged.push(id),
                Err(StoreError::Unavailable(_)) => refused += 1,
                Err(error) => panic!("{error:?}"),
            }
        }
        assert!(refused > 0, "it was never full in round {round}");
        // There is room.
        store.pools.writer.execute_unprepared("PRAGMA max_page_count = 1000000").await.unwrap();
        number += 1;
        acknowledged.push(in_a_unit(&store, number).await.unwrap());
        compare(&options, &acknowledged).await;
    }
}

#[tokio::test]
async fn a_writer_left_inside_of_a_transaction_is_not_used_again() {
    let (store, options, _folder) = in_file().await;
    store.pools.writer.execute_unprepared("BEGIN").await.unwrap();
    let first = in_a_unit(&store, 1).await.unwrap();
    compare(&options, &[first]).await;
}
