//! The history on SQLite.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use migration::{DatabaseConnection, Migrator, connect};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement};

async fn memory() -> DatabaseConnection {
    connect::connect("sqlite::memory:").await.unwrap()
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn schema(db: &DatabaseConnection) -> Vec<String> {
    texts(db, "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1").await
}

/// The tables of the history.
async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' \
               AND name NOT IN ('seaql_migrations', 'sqlite_sequence') ORDER BY name";
    texts(db, sql).await
}

/// Migrations that SQLite has no need of.
const ONLY_ON_SERVERS: [&str; 5] = [
    "m20261128_039_row_blocks",
    "m20261129_042_block_deltas",
    "m20261129_043_movie_links",
    "m20261130_050_kept_plans",
    "m20261130_051_page_starts",
];

fn all() -> usize {
    Migrator::migrations().len()
}

#[tokio::test]
async fn all_tables_are_there() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    let expected = [
        "account_counts",
        "account_names",
        "account_trigrams",
        "activation_tokens",
        "actors",
        "actors_movies",
        "audit_events",
        "chore_leases",
        "contact_blocks",
        "contact_index_progress",
        "contact_trigrams",
        "contacts",
        "countries",
        "daily_counts",
        "genres",
        "idempotency_keys",
        "import_keys",
        "installation",
        "languages",
        "movie_blocks",
        "movies",
        "movies_genres",
        "movies_languages",
        "outbox_messages",
        "password_reset_tokens",
        "pending_registrations",
        "points_entries",
        "refresh_tokens",
        "sent_messages",
        "sessions",
        "trash",
        "user_groups",
        "user_profiles",
        "users",
        "verification_codes",
        "write_probes",
    ];
    assert_eq!(tables(&db).await, expected);
}

#[tokio::test]
async fn up_down_up_leaves_the_same_schema() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    let first = schema(&db).await;
    migration::down_by(&db, u32::MAX).await.unwrap();
    assert_eq!(tables(&db).await, Vec::<String>::new());
    migration::up(&db).await.unwrap();
    assert_eq!(schema(&db).await, first);
}

#[tokio::test]
async fn every_step_down_can_be_taken_up_again() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    for step in (0..all()).rev() {
        let before = schema(&db).await;
        migration::down_by(&db, 1).await.unwrap();
        let below = schema(&db).await;
        // What is for other databases changes nothing here.
        assert!(below != before || ONLY_ON_SERVERS.contains(&Migrator::migrations()[step].name()));
        migration::up_by(&db, 1).await.unwrap();
        assert_eq!(schema(&db).await, before);
        migration::down_by(&db, 1).await.unwrap();
        assert_eq!(schema(&db).await, below);
    }
    assert_eq!(tables(&db).await, Vec::<String>::new());
}

#[tokio::test]
async fn refresh_and_fresh_leave_the_same_schema_and_no_data() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    let first = schema(&db).await;
    for fresh in [false, true] {
        let insert = "INSERT INTO users (uuid, hashed_password, group_id) VALUES (x'00', '!', 1)";
        db.execute_unprepared(insert).await.unwrap();
        db.execute_unprepared("CREATE TABLE IF NOT EXISTS foreign_to_us (id integer)").await.unwrap();
        if fresh {
            migration::fresh(&db).await.unwrap();
            assert_eq!(schema(&db).await, first);
        } else {
            migration::refresh(&db).await.unwrap();
        }
        assert_eq!(texts(&db, "SELECT CAST(count(*) AS text) FROM users").await, ["0"]);
        assert_eq!(texts(&db, "SELECT CAST(foreign_keys AS text) FROM pragma_foreign_keys").await, ["1"]);
    }
}

#[tokio::test]
async fn every_unique_constraint_has_a_name() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    for table in tables(&db).await {
        // Origin `u` is UNIQUE inside CREATE TABLE, which SQLite would name itself.
        let sql = format!("SELECT name FROM pragma_index_list('{table}') WHERE origin = 'u'");
        assert_eq!(texts(&db, &sql).await, Vec::<String>::new(), "{table}");
        let sql = format!("SELECT name FROM pragma_index_list('{table}') WHERE origin = 'c'");
        for name in texts(&db, &sql).await {
            // The one name that a contract gives.
            let named = name == "unique_movie_constraint" || name.starts_with(&format!("ix_{table}_"));
            assert!(named, "{name}");
        }
    }
}

#[tokio::test]
async fn every_foreign_key_that_is_asked_by_has_an_index() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    for table in tables(&db).await {
        let sql = format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}')");
        for column in texts(&db, &sql).await {
            let sql = format!(
                "SELECT iif(i.origin = 'pk', 'the primary key', i.name) \
                 FROM pragma_index_list('{table}') i, pragma_index_info(i.name) c \
                 WHERE c.seqno = 0 AND c.name = '{column}'"
            );
            let links = ["movies_genres", "actors_movies", "movies_languages"].contains(&table.as_str());
            let expected = match column.as_str() {
                // The links of movies have no key but the pair, and nothing asks by its second half.
                "movie_id" if links => vec!["the primary key".to_owned()],
                "user_id" if table == "contact_trigrams" => vec!["the primary key".to_owned()],
                // In order of ids, and of birthdays.
                "user_id" if table == "contacts" => {
                    vec![
                        "ix_contacts_user_id_birthday_month_day".to_owned(),
                        "ix_contacts_user_id".to_owned(),
                    ]
                }
                // Those that are not revoked, by age.
                "user_id" if table == "sessions" => {
                    vec!["ix_sessions_user_id_revoked_at".to_owned(), "ix_sessions_user_id".to_owned()]
                }
                _ if links => Vec::new(),
                _ => vec![format!("ix_{table}_{column}")],
            };
            assert_eq!(texts(&db, &sql).await, expected, "{table}.{column}");
        }
    }
}

#[tokio::test]
async fn every_check_has_a_name() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    for table in tables(&db).await {
        let create = texts(&db, &format!("SELECT sql FROM sqlite_master WHERE name = '{table}'")).await;
        let named = create[0].matches(&format!("CONSTRAINT \"ck_{table}_")).count();
        assert_eq!(create[0].matches("CHECK").count(), named, "{table}");
    }
}

#[tokio::test]
async fn the_groups_are_seeded() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    let groups = texts(&db, "SELECT id || ' ' || name FROM user_groups ORDER BY id").await;
    assert_eq!(groups, ["1 USER", "2 MODERATOR", "3 ADMIN"]);
}

#[tokio::test]
async fn points_are_never_negative() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    let insert = "INSERT INTO users (uuid, hashed_password, group_id, points) VALUES (x'00', '!', 1, -1)";
    let error = db.execute_unprepared(insert).await.unwrap_err();
    assert!(error.to_string().contains("ck_users_points"), "{error}");
}

#[tokio::test]
async fn the_status_of_a_movie_is_one_of_three() {
    let db = memory().await;
    migration::up(&db).await.unwrap();
    db.execute_unprepared("INSERT INTO countries (id, code) VALUES (1, 'US')").await.unwrap();
    let insert = |status: &str| {
        format!(
            "INSERT INTO movies (name, date, score, overview, status, budget, revenue, country_id) \
             VALUES ('{status}', '2026-11-20', 1, '', '{status}', 1, 1, 1)"
        )
    };
    for status in ["RELEASED", "POST_PRODUCTION", "IN_PRODUCTION"] {
        db.execute_unprepared(&insert(status)).await.unwrap();
    }
    let error = db.execute_unprepared(&insert("Released")).await.unwrap_err();
    assert!(error.to_string().contains("ck_movies_status"), "{error}");
}

#[tokio::test]
async fn what_is_pending_is_told_without_a_change() {
    let db = memory().await;
    assert_eq!(migration::pending(&db).await.unwrap().len(), all());
    assert_eq!(schema(&db).await, Vec::<String>::new());
    migration::up_by(&db, 2).await.unwrap();
    let pending = migration::pending(&db).await.unwrap();
    assert_eq!(pending.len(), all() - 2);
    assert_eq!(pending[0], "m20261120_003_user_profiles");
    let status = migration::status(&db).await.unwrap();
    assert_eq!(status.iter().filter(|step| step.is_applied()).count(), 2);
}

#[tokio::test]
async fn every_run_that_applies_a_change_notes_beside_which_release_it_runs() {
    let db = memory().await;
    let noted = "SELECT version || ' ' || oldest_release FROM seaql_migrations \
                 WHERE oldest_release IS NOT NULL ORDER BY version";
    migration::up(&db).await.unwrap();
    let first = texts(&db, noted).await;
    assert_eq!(first[0], "m20261129_041_oldest_release 0.1.0");
    migration::refresh(&db).await.unwrap();
    assert_eq!(texts(&db, noted).await, first);
    migration::fresh(&db).await.unwrap();
    assert_eq!(texts(&db, noted).await, first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn runs_at_once_are_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("new/folder/test.db").display());
    let runs = (0..8).map(|_| {
        let url = url.clone();
        tokio::spawn(async move {
            let db = connect::connect(&url).await.unwrap();
            migration::up(&db).await.unwrap();
            migration::pending(&db).await.unwrap()
        })
    });
    for run in runs.collect::<Vec<_>>() {
        assert_eq!(run.await.unwrap(), Vec::<String>::new());
    }
}
