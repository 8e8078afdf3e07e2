//! The rows that databases count in blocks of ids, and the pages that are found by them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait as _};
use vestibule_domain::accounts::AccountId;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{at_once, contract};

use crate::given::{Stored, add_account};
use crate::{catalogue, contacts};

contract!(database on [sqlite, postgres]: [
    every_page_has_what_comes_next,
    pages_past_the_end_are_empty,
    what_was_there_before_is_counted,
    whatever_removes_rows_counts_them,
    many_at_once_are_counted_once_each,
    nothing_is_left_of_an_owner,
]);

/// What many writers do to each other on PostgreSQL. SQLite has one.
mod of_many_writers {
    use super::{EmptyDatabase, contract};

    contract!(database on [postgres]: [
        counts_are_right_at_every_moment_while_many_write,
        a_unit_of_work_sees_what_it_changed,
        whoever_adds_waits_for_nobody,
        deltas_are_folded_while_rows_are_added_one_by_one,
    ]);

    async fn counts_are_right_at_every_moment_while_many_write(database: EmptyDatabase) {
        super::counts_are_right_at_every_moment_while_many_write(database).await;
    }

    async fn a_unit_of_work_sees_what_it_changed(database: EmptyDatabase) {
        super::a_unit_of_work_sees_what_it_changed(database).await;
    }

    async fn whoever_adds_waits_for_nobody(database: EmptyDatabase) {
        super::whoever_adds_waits_for_nobody(database).await;
    }

    async fn deltas_are_folded_while_rows_are_added_one_by_one(database: EmptyDatabase) {
        super::deltas_are_folded_while_rows_are_added_one_by_one(database).await;
    }
}

/// How many rows there are: several blocks.
const ROWS: u64 = 6_000;

/// The owner of five contacts of six, and movies, with gaps among the ids of both: one is a block and longer.
async fn filled(database: &EmptyDatabase) -> (DatabaseConnection, Stored, AccountId) {
    let store = SeaStore::connect(&DatabaseOptions::new(database.url())).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let db = store.connection().clone();
    let stored: Stored = Arc::new(store);
    let owner = add_account(&stored, "own@example.com").await;
    let other = add_account(&stored, "other@example.com").await;
    let contacts = format!(
        "{}
         INSERT INTO contacts (fullname, fullname_folded, user_id)
         SELECT 'Zoe ' || i, 'zoe ' || i, CASE WHEN i % 6 = 0 THEN {} ELSE {} END FROM numbers",
        numbered(ROWS),
        other.0,
        owner.0
    );
    let date =
        if db.get_database_backend() == DbBackend::Postgres { "date '2000-01-01'" } else { "'2000-01-01'" };
    let movies = format!(
        "{}
         INSERT INTO movies (name, date, score, overview, status, budget, revenue, country_id)
         SELECT 'Movie ' || i, {date}, 50, '', 'RELEASED', 1, 1, (SELECT min(id) FROM countries) FROM numbers",
        numbered(ROWS)
    );
    let gaps = |table| format!("DELETE FROM {table} WHERE id % 7 = 0 OR id BETWEEN 2000 AND 3500");
    let country = "INSERT INTO countries (code) VALUES ('FR')".to_owned();
    for statement in [contacts, country, movies, gaps("contacts"), gaps("movies")] {
        db.execute_unprepared(&statement).await.unwrap();
    }
    (db, stored, owner)
}

/// The table `numbers` of a statement, in which `i` is 1 up to this.
fn numbered(up_to: u64) -> String {
    format!("WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {up_to})")
}

async fn numbers(db: &impl ConnectionTrait, sql: &str) -> Vec<i64> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Fails if a block has another count than its rows.
async fn assert_counted(db: &impl ConnectionTrait) {
    let wrong = "
        SELECT id FROM (SELECT user_id AS id, id / 1024, count(*) FROM contacts GROUP BY 1, 2
            EXCEPT SELECT user_id, block, contacts FROM contact_blocks) AS contacts
        UNION ALL SELECT user_id FROM (SELECT user_id, block, contacts FROM contact_blocks
            EXCEPT SELECT user_id, id / 1024, count(*) FROM contacts GROUP BY 1, 2) AS blocks
        UNION ALL SELECT block FROM (SELECT id / 1024 AS block, count(*) FROM movies GROUP BY 1
            EXCEPT SELECT block, movies FROM movie_blocks) AS movies
        UNION ALL SELECT block FROM (SELECT block, movies FROM movie_blocks
            EXCEPT SELECT id / 1024, count(*) FROM movies GROUP BY 1) AS blocks";
    assert_eq!(numbers(db, wrong).await, Vec::<i64>::new());
}

async fn every_page_has_what_comes_next(database: EmptyDatabase) {
    let (db, stored, owner) = filled(&database).await;
    let own = numbers(&db, &format!("SELECT id FROM contacts WHERE user_id = {} ORDER BY id", owner.0)).await;
    let movies = numbers(&db, "SELECT id FROM movies ORDER BY id DESC").await;
    for offset in (0..u64::try_from(own.len()).unwrap()).step_by(83) {
        let begin = usize::try_from(offset).unwrap();
        let page = contacts::given::page(&stored, owner, offset, 100).await;
        let ids: Vec<_> = page.iter().map(|id| id.0).collect();
        assert_eq!(ids, own[begin..(begin + 100).min(own.len())], "contacts from {offset}");
        let page = catalogue::list::page_both_ways(&stored, offset, 20).await;
        let ids: Vec<_> = page.items.iter().map(|movie| movie.id.0).collect();
        assert_eq!(ids, movies[begin..begin + 20], "movies from {offset}");
        assert_eq!(page.total, movies.len() as u64);
    }
}

async fn pages_past_the_end_are_empty(database: EmptyDatabase) {
    let (db, stored, owner) = filled(&database).await;
    let nobody = add_account(&stored, "nobody@example.com").await;
    for (owner, offset) in [(owner, ROWS), (owner, u64::MAX), (nobody, 0), (nobody, ROWS)] {
        assert!(contacts::given::page(&stored, owner, offset, 20).await.is_empty(), "{offset}");
    }
    db.execute_unprepared("DELETE FROM movies").await.unwrap();
    let page = catalogue::list::page_both_ways(&stored, ROWS, 20).await;
    assert_eq!((page.items.len(), page.total), (0, 0));
}

async fn what_was_there_before_is_counted(database: EmptyDatabase) {
    let (db, ..) = filled(&database).await;
    let later = migration::status(&db).await.unwrap();
    let first = match db.get_database_backend() {
        DbBackend::Postgres => "m20261128_039_row_blocks",
        _ => "m20261130_049_sqlite_row_blocks",
    };
    let later = later.iter().skip_while(|step| step.name != first).count();
    migration::down_by(&db, u32::try_from(later).unwrap()).await.unwrap();
    db.execute_unprepared("DELETE FROM movies WHERE id % 11 = 0").await.unwrap();
    migration::up(&db).await.unwrap();
    assert_counted(&db).await;
}

async fn whatever_removes_rows_counts_them(database: EmptyDatabase) {
    let (db, _, owner) = filled(&database).await;
    assert_counted(&db).await;
    for removal in [
        "DELETE FROM contacts WHERE id BETWEEN 900 AND 1100",
        // By the foreign key.
        &*format!("DELETE FROM users WHERE id = {}", owner.0),
        "DELETE FROM movies WHERE id > 5500",
        "DELETE FROM movies",
    ] {
        assert!(db.execute_unprepared(removal).await.is_ok(), "{removal}");
        assert_counted(&db).await;
    }
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("TRUNCATE contacts, movies CASCADE").await.unwrap();
        assert_counted(&db).await;
    }
}

async fn many_at_once_are_counted_once_each(database: EmptyDatabase) {
    let (db, stored, owner) = filled(&database).await;
    at_once(8, |number| {
        let stored = stored.clone();
        async move {
            for turn in 0..5 {
                let added = contacts::given::add(&stored, owner, &format!("Person {number} {turn}")).await;
                if turn % 2 == 0 {
                    stored.repositories().contacts().remove(owner, added).await.unwrap();
                }
            }
        }
    })
    .await;
    assert_counted(&db).await;
}

async fn counts_are_right_at_every_moment_while_many_write(database: EmptyDatabase) {
    let (db, stored, owner) = filled(&database).await;
    let other = add_account(&stored, "third@example.com").await;
    let is_over = AtomicBool::new(false);
    let writes = async {
        at_once(8, |number| {
            let db = db.clone();
            async move {
                for turn in 0..40 {
                    // An owner alone, all of them, few and many at once.
                    let (owner, rows) = (if turn % 3 == 0 { other } else { owner }, 1 + turn * number % 70);
                    let add = format!(
                        "INSERT INTO contacts (fullname, fullname_folded, user_id)
                         SELECT 'A', 'a', {} FROM generate_series(1, {rows})",
                        owner.0
                    );
                    let remove = format!(
                        "DELETE FROM contacts WHERE id IN (SELECT id FROM contacts WHERE id % 8 = {number}
                         ORDER BY id DESC LIMIT {})",
                        turn % 30
                    );
                    db.execute_unprepared(&add).await.unwrap();
                    db.execute_unprepared(&remove).await.unwrap();
                }
            }
        })
        .await;
        is_over.store(true, Ordering::Relaxed);
    };
    let looks = async {
        let mut looks = 0;
        while !is_over.load(Ordering::Relaxed) {
            assert_counted(&db).await;
            looks += 1;
        }
        looks
    };
    let ((), looks) = tokio::join!(writes, looks);
    assert!(looks > 3, "{looks}");
    assert_counted(&db).await;
    let circles = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(numbers(&db, circles).await, [0]);
}

async fn a_unit_of_work_sees_what_it_changed(database: EmptyDatabase) {
    let (db, _, owner) = filled(&database).await;
    let unit = db.begin().await.unwrap();
    let add = format!(
        "{} INSERT INTO contacts (fullname, fullname_folded, user_id) SELECT 'A', 'a', {} FROM numbers",
        numbered(1_500),
        owner.0
    );
    let counted = "SELECT CAST(sum(contacts) AS bigint) FROM contact_blocks";
    for change in [&add, "DELETE FROM contacts WHERE id % 3 = 0", "DELETE FROM movies WHERE id % 3 = 0"] {
        unit.execute_unprepared(change).await.unwrap();
        assert_counted(&unit).await;
    }
    let (seen, before) = (numbers(&unit, counted).await, numbers(&db, counted).await);
    assert_ne!(seen, before);
    unit.rollback().await.unwrap();
    assert_counted(&db).await;
    assert_eq!(numbers(&db, counted).await, before);
}

async fn whoever_adds_waits_for_nobody(database: EmptyDatabase) {
    let (db, _, owner) = filled(&database).await;
    let contact =
        format!("INSERT INTO contacts (fullname, fullname_folded, user_id) VALUES ('A', 'a', {})", owner.0);
    let movie = "INSERT INTO movies (name, date, score, overview, status, budget, revenue, country_id)
         SELECT 'Late ' || random(), date '2000-01-01', 50, '', 'RELEASED', 1, 1, min(id) FROM countries";
    let slow = db.begin().await.unwrap();
    let others = db.begin().await.unwrap();
    others.execute_unprepared("SET LOCAL lock_timeout = '100ms'").await.unwrap();
    // So many that both have folded: what the other one folded is passed over.
    for _ in 0..500 {
        for adds in [&slow, &others] {
            adds.execute_unprepared(&contact).await.unwrap();
            adds.execute_unprepared(movie).await.unwrap();
        }
    }
    others.commit().await.unwrap();
    assert_counted(&db).await;
    slow.commit().await.unwrap();
    assert_counted(&db).await;
}

async fn deltas_are_folded_while_rows_are_added_one_by_one(database: EmptyDatabase) {
    let (db, _, owner) = filled(&database).await;
    let one_by_one = format!(
        "DO $$ BEGIN FOR number IN 1..3000 LOOP
            INSERT INTO contacts (fullname, fullname_folded, user_id) VALUES ('A', 'a', {});
            INSERT INTO movies (name, date, score, overview, status, budget, revenue, country_id)
                SELECT 'Late ' || number, date '2000-01-01', 50, '', 'RELEASED', 1, 1, min(id) FROM countries;
        END LOOP; END $$",
        owner.0
    );
    db.execute_unprepared(&one_by_one).await.unwrap();
    assert_counted(&db).await;
    // Each is folded with a probability of one in 64: of ten million runs one leaves more.
    for (rows, most) in [("contact_block_deltas", 1_100), ("movie_block_deltas", 1_100)] {
        let left = numbers(&db, &format!("SELECT count(*) FROM {rows}")).await;
        assert!(left[0] < most, "{rows}: {left:?}");
    }
    // Nobody folded beside this one, so that each block has one sum.
    for (sums, keys) in [("contact_block_sums", "user_id, block"), ("movie_block_sums", "block")] {
        let twice = format!("SELECT block FROM {sums} GROUP BY {keys} HAVING count(*) > 1");
        assert_eq!(numbers(&db, &twice).await, Vec::<i64>::new());
    }
}

async fn nothing_is_left_of_an_owner(database: EmptyDatabase) {
    let (db, stored, owner) = filled(&database).await;
    let few = add_account(&stored, "few@example.com").await;
    for _ in 0..3 {
        contacts::given::add(&stored, few, "Ada").await;
    }
    // Whose contacts are gone, and whose are not.
    let removals = ["DELETE FROM contacts WHERE user_id = few", "DELETE FROM users WHERE id IN (few, owner)"];
    for removal in removals {
        let removal = removal.replace("few", &few.0.to_string()).replace("owner", &owner.0.to_string());
        db.execute_unprepared(&removal).await.unwrap();
        assert_counted(&db).await;
    }
    let counts: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &["contact_block_deltas", "contact_block_sums"],
        _ => &["contact_blocks"],
    };
    for rows in counts {
        let left = format!("SELECT block FROM {rows} WHERE user_id IN ({}, {})", few.0, owner.0);
        assert_eq!(numbers(&db, &left).await, Vec::<i64>::new(), "{rows}");
    }
}
