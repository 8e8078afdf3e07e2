//! What the removal of one account reads of large tables that are of others.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::given::{NOW, Stored, add_account};
use crate::rows_read::handled;

contract!(database on [mariadb]: [
    a_removal_reads_the_rows_of_its_account_alone,
]);

const ENTRIES: u32 = 20_000;
const PART: u64 = 2_000;
/// What is read a little further, of every table that is asked.
const BESIDE: i64 = 300;

async fn a_removal_reads_the_rows_of_its_account_alone(database: EmptyDatabase) {
    // Another connection would not know what this one has read.
    let options = DatabaseOptions { max_connections: 1, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let stored: Stored = Arc::new(store.clone());
    let (busy, leaving) =
        (add_account(&stored, "busy@example.com").await, add_account(&stored, "leaving@example.com").await);
    let fill = format!(
        "INSERT INTO points_entries (user_id, amount, balance_after, kind, actor_id, created_at)
         SELECT {}, 1, seq, 'add', {}, '2026-01-01' FROM seq_1_to_{ENTRIES}",
        busy.0, busy.0
    );
    let some = format!(
        "UPDATE points_entries SET user_id = {}, actor_id = {} ORDER BY id LIMIT 3",
        leaving.0, leaving.0
    );
    let named = format!("UPDATE points_entries SET actor_id = {} ORDER BY id DESC LIMIT 2", leaving.0);
    for statement in [&fill, &some, &named, "ANALYZE TABLE points_entries"] {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
    stored.repositories().trash().put(&[leaving], None, NOW, "gone").await.unwrap();
    stored.repositories().trash().begin_removal(leaving, NOW).await.unwrap();
    let begin = handled(&store).await;
    let most = (handled(&store).await - begin) + BESIDE;
    // Its entries, the entries of others that name it, and nothing more.
    for expected in [3, 2, 0] {
        let before = handled(&store).await;
        let removed = stored.repositories().trash().remove_some(leaving, PART).await.unwrap();
        let read = handled(&store).await - before;
        assert_eq!(removed.rows, expected);
        assert!(read <= most, "{expected} rows: {read} were read");
    }
}
