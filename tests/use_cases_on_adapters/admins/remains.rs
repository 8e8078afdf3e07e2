//! Nothing in any table mentions an account that was removed.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use vestibule_application::trash::{RemoveAccountInput, TrashAccountInput};
use vestibule_domain::accounts::AccountId;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::people::{admin, by, on, over, user};
use super::removals::with_picture;

contract!(database on [sqlite, postgres, mariadb]: [
    an_account_that_was_removed_is_mentioned_nowhere,
]);

/// Every column that names accounts: those of foreign keys, and those that have none.
async fn columns(db: &DatabaseConnection) -> Vec<(String, String)> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name, f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
             WHERE f.\"table\" = 'users'"
        }
        DbBackend::Postgres => {
            "SELECT conrelid::regclass::text, attname::text FROM pg_constraint \
             JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] \
             WHERE confrelid = 'users'::regclass"
        }
        _ => {
            "SELECT table_name, column_name FROM information_schema.key_column_usage \
             WHERE referenced_table_name = 'users' AND table_schema = database()"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let mut columns: Vec<(String, String)> =
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect();
    assert!(columns.len() > 9, "{columns:?}");
    columns.extend(["account_names", "account_trigrams"].map(|table| (table.into(), "user_id".into())));
    columns.push(("users".into(), "id".into()));
    columns
}

async fn mentions(db: &DatabaseConnection, account: AccountId) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for (table, column) in columns(db).await {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} = {account}");
        let count = Statement::from_string(db.get_database_backend(), sql);
        let count: i64 = db.query_one_raw(count).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        if count > 0 {
            found.push((format!("{table}.{column}"), count));
        }
    }
    found
}

async fn an_account_that_was_removed_is_mentioned_nowhere(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let store = SeaStore::connect(&DatabaseOptions::new(database.url().to_owned())).await.unwrap();
    let app = on(Arc::new(store.clone()));
    let (root, ada) = (admin(&app, "root").await, admin(&app, "ada").await);
    let eva = user(&app, "eva").await;
    with_picture(&app, &ada).await;
    let profile = format!("INSERT INTO user_profiles (user_id, avatar) VALUES ({}, 'x')", ada.account);
    db.execute_unprepared(&profile).await.unwrap();
    let edited = format!("UPDATE users SET updated_by = {0} WHERE id <> {0}", ada.account);
    db.execute_unprepared(&edited).await.unwrap();
    let trash = async |actor, target| {
        let input = TrashAccountInput { who: over(actor, target), reason: String::new() };
        app.services.trash_account.execute(input).await.unwrap();
    };
    trash(&ada, eva.uuid).await;
    trash(&root, ada.uuid).await;
    assert!(mentions(&db, ada.account).await.len() > 6);
    let input = RemoveAccountInput { administrator: by(&root), account: ada.uuid };
    app.services.remove_account.execute(input).await.unwrap();
    assert_eq!(mentions(&db, ada.account).await, []);
    assert!(!mentions(&db, eva.account).await.is_empty());
    store.close().await;
    db.close().await.unwrap();
}
