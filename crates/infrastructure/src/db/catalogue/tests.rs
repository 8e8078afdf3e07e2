//! Reads of several statements, when somebody changes something between them.

use sea_orm::{ConnectionTrait as _, DbBackend, Schema};
use vestibule_domain::page::{PageLimit, PageRequest};

use super::super::entities::movies::Entity;
use super::super::tests::changing::Changing;
use super::super::tests::in_file;
use super::pages;

/// How many movies there are in each block of ids.
const COUNT: &str = "INSERT INTO movie_blocks SELECT id / 1024, count(*) FROM movies GROUP BY 1";

#[tokio::test]
async fn a_page_far_behind_has_what_follows_so_many_movies_when_one_is_removed() {
    // From 1,500 down, a page of this offset, beside the removal of this movie, and the ids that are on it.
    for (offset, gone, expected) in [
        (400, 1_090, (1_080..=1_100).filter(|id| *id != 1_090).collect::<Vec<_>>()),
        (400, 1_050, (1_081..=1_100).collect()),
        (400, 1_400, (1_080..=1_099).collect()),
        (1_480, 10, (1..=20).filter(|id| *id != 10).collect()),
    ] {
        let (store, _, _folder) = in_file().await;
        let db = store.connection();
        db.execute(&Schema::new(DbBackend::Sqlite).create_table_from_entity(Entity)).await.unwrap();
        let fill = "INSERT INTO movies (name, date, score, overview, status, budget, revenue, country_id)
             WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 1500)
             SELECT 'Movie', '2000-01-01', 50, '', 'RELEASED', 1, 1, 1 FROM numbers";
        for statement in
            ["PRAGMA foreign_keys = OFF", "CREATE TABLE movie_blocks (block, movies)", fill, COUNT]
        {
            db.execute_unprepared(statement).await.unwrap();
        }
        // After the blocks are counted.
        let change = format!("DELETE FROM movies WHERE id = {gone}; DELETE FROM movie_blocks; {COUNT}");
        let connection = Changing::new(&store, &change, 1);
        let page = pages::page(&connection, PageRequest { offset, limit: PageLimit::new(20) }).await.unwrap();
        let ids: Vec<_> = page.items.iter().rev().map(|movie| movie.id.0).collect();
        assert_eq!(ids, expected, "without {gone}");
        connection.assert_changed();
    }
}
