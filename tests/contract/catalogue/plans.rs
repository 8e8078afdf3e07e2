//! How much of a large table PostgreSQL reads for a page.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::list::page;
use crate::given::Stored;
use crate::rows_read::rows_read;

contract!(database on [postgres]: [a_page_passes_over_less_than_a_block_of_entries_and_reads_no_movie_but_its_own]);

/// How many movies there are.
const MOVIES: u64 = 120_000;

async fn filled(database: &EmptyDatabase) -> SeaStore {
    let options = DatabaseOptions { max_connections: 1, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let fill = format!(
        "INSERT INTO movies (name, date, score, overview, status, budget, revenue, country_id)
         SELECT 'Movie ' || i, date '2000-01-01', 50, repeat('Words. ', 40), 'RELEASED', 1, 1,
             (SELECT min(id) FROM countries)
         FROM generate_series(1, {MOVIES}) AS numbers(i)"
    );
    let country = "INSERT INTO countries (code) VALUES ('FR')";
    // What is not on disk yet is not taken for visible to all, and an index alone does not do then.
    for statement in ["SET synchronous_commit = on", country, &fill, "VACUUM ANALYZE movies, movie_blocks"] {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
    store
}

async fn a_page_passes_over_less_than_a_block_of_entries_and_reads_no_movie_but_its_own(
    database: EmptyDatabase,
) {
    let store = filled(&database).await;
    let stored: Stored = Arc::new(store.clone());
    for offset in [0, 30_000, 60_000, MOVIES - 20] {
        let before = rows_read(&store, "movies").await;
        let found = page(&stored, offset, 20).await;
        assert_eq!((found.items.len(), found.total), (20, MOVIES));
        let after = rows_read(&store, "movies").await;
        let (entries, rows) = (after.0 - before.0, after.1 - before.1);
        assert!(entries <= 1_024 + 3 * 20 && rows <= 20, "{offset}: {entries} entries, {rows} rows");
    }
}
