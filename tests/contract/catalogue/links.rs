//! The links of movies on PostgreSQL, which triggers remove.

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::given::{insert, rich_record};
use crate::given::Stored;

contract!(database on [postgres]: [links_go_with_what_they_link]);

/// How many links there are of each kind: genres, actors and languages.
async fn links(store: &SeaStore) -> [i64; 3] {
    let count = "SELECT (SELECT count(*) FROM movies_genres), (SELECT count(*) FROM actors_movies), \
                 (SELECT count(*) FROM movies_languages)";
    let count = Statement::from_string(DbBackend::Postgres, count);
    let row = store.connection().query_one_raw(count).await.unwrap().unwrap();
    [0, 1, 2].map(|column| row.try_get_by_index(column).unwrap())
}

async fn links_go_with_what_they_link(database: EmptyDatabase) {
    let store = SeaStore::connect(&DatabaseOptions::new(database.url())).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let stored: Stored = Arc::new(store.clone());
    for title in ["Up", "Down", "Over", "Out"] {
        insert(&stored, &rich_record(&stored, title).await).await;
    }
    let [genres, actors, languages] = links(&store).await.map(|links| links / 4);
    assert!(genres > 0 && actors > 1 && languages > 0);
    for (removal, left) in [
        ("DELETE FROM movies WHERE name = 'Up'", [3 * genres, 3 * actors, 3 * languages]),
        ("DELETE FROM movies WHERE name IN ('Down', 'None')", [2 * genres, 2 * actors, 2 * languages]),
        (
            "DELETE FROM actors WHERE id = (SELECT min(id) FROM actors)",
            [2 * genres, 2 * (actors - 1), 2 * languages],
        ),
        ("DELETE FROM genres", [0, 2 * (actors - 1), 2 * languages]),
        ("DELETE FROM languages", [0, 2 * (actors - 1), 0]),
        ("TRUNCATE movies", [0, 0, 0]),
    ] {
        store.connection().execute_unprepared(removal).await.unwrap();
        assert_eq!(links(&store).await, left, "{removal}");
    }
}
