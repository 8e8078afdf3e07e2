//! Up and down the history.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{at_once, contract};

use super::schema::schema;

contract!(database on [sqlite, postgres, mariadb]: [
    up_down_up_leaves_the_same_schema,
    every_step_down_can_be_taken_up_again,
    refresh_and_fresh_leave_the_same_schema_and_no_data,
    what_is_pending_is_told_without_a_change,
    the_status_follows_every_step,
    a_note_that_is_missing_is_made_by_the_next_run,
    a_newer_change_that_names_no_release_is_refused,
    a_newer_change_that_names_a_later_release_is_refused,
    a_newer_change_that_names_this_release_is_left_alone,
    a_change_that_a_newer_release_left_out_is_refused,
    runs_at_once_are_one_after_the_other,
    a_run_that_fails_keeps_nobody_waiting,
    points_are_never_negative,
    pending_registrations_go_with_their_account,
]);

/// Changes for one kind of database, which change nothing elsewhere.
const FOR_ONE: [(&str, DbBackend); 6] = [
    ("m20261128_039_row_blocks", DbBackend::Postgres),
    ("m20261129_042_block_deltas", DbBackend::Postgres),
    ("m20261129_043_movie_links", DbBackend::Postgres),
    ("m20261130_049_sqlite_row_blocks", DbBackend::Sqlite),
    ("m20261130_050_kept_plans", DbBackend::Postgres),
    ("m20261130_051_page_starts", DbBackend::Postgres),
];

fn all() -> usize {
    Migrator::migrations().len()
}

async fn applied(db: &DatabaseConnection) -> usize {
    let status = migration::status(db).await.unwrap();
    assert_eq!(status.len(), all());
    // They are applied in their order.
    assert!(status.is_sorted_by_key(|step| !step.is_applied()), "{status:?}");
    status.iter().filter(|step| step.is_applied()).count()
}

async fn up_down_up_leaves_the_same_schema(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up_by(&db, 2).await.unwrap();
    migration::down_by(&db, 2).await.unwrap();
    let empty = schema(&db).await;
    migration::up(&db).await.unwrap();
    let first = schema(&db).await;
    migration::down_by(&db, u32::MAX).await.unwrap();
    // The table of the history itself stays.
    assert_eq!(schema(&db).await, empty);
    migration::up(&db).await.unwrap();
    assert_eq!(schema(&db).await, first);
}

async fn every_step_down_can_be_taken_up_again(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    for step in migration::status(&db).await.unwrap().into_iter().rev() {
        let before = schema(&db).await;
        migration::down_by(&db, 1).await.unwrap();
        let below = schema(&db).await;
        let for_one = FOR_ONE.iter().find(|(name, _)| *name == step.name);
        let is_for_others = for_one.is_some_and(|(_, backend)| *backend != db.get_database_backend());
        assert_eq!(below == before, is_for_others, "{}", step.name);
        migration::up_by(&db, 1).await.unwrap();
        assert_eq!(schema(&db).await, before);
        migration::down_by(&db, 1).await.unwrap();
        assert_eq!(schema(&db).await, below);
    }
    assert_eq!(applied(&db).await, 0);
}

async fn refresh_and_fresh_leave_the_same_schema_and_no_data(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let first = schema(&db).await;
    for fresh in [false, true] {
        let insert = "INSERT INTO genres (name, name_folded) VALUES ('Drama', 'drama')";
        db.execute_unprepared(insert).await.unwrap();
        if fresh {
            migration::fresh(&db).await.unwrap();
        } else {
            migration::refresh(&db).await.unwrap();
        }
        assert_eq!(schema(&db).await, first);
        assert_eq!(db.execute_unprepared("DELETE FROM genres").await.unwrap().rows_affected(), 0);
    }
}

async fn what_is_pending_is_told_without_a_change(database: EmptyDatabase) {
    let db = database.connect().await;
    assert_eq!(migration::pending(&db).await.unwrap().len(), all());
    assert_eq!(applied(&db).await, 0);
    assert_eq!(schema(&db).await, Vec::<String>::new());
}

async fn the_status_follows_every_step(database: EmptyDatabase) {
    let db = database.connect().await;
    for number in 1..=all() {
        migration::up_by(&db, 1).await.unwrap();
        assert_eq!(applied(&db).await, number);
        assert_eq!(migration::pending(&db).await.unwrap().len(), all() - number);
    }
    for number in (0..all()).rev() {
        migration::down_by(&db, 1).await.unwrap();
        assert_eq!(applied(&db).await, number);
    }
}

/// Everything is applied, and then a change of a later release that names the oldest release beside it.
async fn with_a_newer_change(database: &EmptyDatabase, oldest_release: &str) -> DatabaseConnection {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let newer = format!(
        "INSERT INTO seaql_migrations (version, applied_at, oldest_release) \
         VALUES ('m29991231_001_later', 0, {oldest_release})"
    );
    db.execute_unprepared(&newer).await.unwrap();
    db
}

async fn is_refused(db: &DatabaseConnection, needs: &str) {
    for refused in [migration::status(db).await.map(drop), migration::up(db).await] {
        let error = refused.unwrap_err().to_string();
        assert!(error.contains("m29991231_001_later") && error.contains(needs), "{error}");
    }
}

/// As after a run that was killed between the change and the note.
async fn a_note_that_is_missing_is_made_by_the_next_run(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    db.execute_unprepared("UPDATE seaql_migrations SET oldest_release = NULL").await.unwrap();
    migration::up(&db).await.unwrap();
    let noted = "SELECT version FROM seaql_migrations WHERE oldest_release IS NOT NULL ORDER BY version";
    let noted = db.query_all_raw(Statement::from_string(db.get_database_backend(), noted)).await.unwrap();
    let noted: Vec<String> = noted.iter().map(|row| row.try_get("", "version").unwrap()).collect();
    assert_eq!(
        noted,
        [
            "m20261129_041_oldest_release",
            "m20261129_042_block_deltas",
            "m20261129_043_movie_links",
            "m20261129_044_users_lists",
            "m20261129_045_daily_counts",
            "m20261129_046_sessions_last_seen",
            "m20261130_047_sent_messages",
            "m20261130_048_users_surface",
            "m20261130_049_sqlite_row_blocks",
            "m20261130_050_kept_plans",
            "m20261130_051_page_starts"
        ]
    );
}

async fn a_newer_change_that_names_no_release_is_refused(database: EmptyDatabase) {
    is_refused(&with_a_newer_change(&database, "NULL").await, "a release that knows it").await;
}

async fn a_newer_change_that_names_a_later_release_is_refused(database: EmptyDatabase) {
    is_refused(&with_a_newer_change(&database, "'99.0.0'").await, "99.0.0 or newer").await;
}

async fn a_newer_change_that_names_this_release_is_left_alone(database: EmptyDatabase) {
    let db = with_a_newer_change(&database, "'0.1.0'").await;
    assert_eq!(migration::pending(&db).await.unwrap(), Vec::<String>::new());
    migration::up(&db).await.unwrap();
    let status = migration::status(&db).await.unwrap();
    assert_eq!(migration::newer(&status), ["m29991231_001_later"]);
    assert_eq!(status.len(), all() + 1);
    let before = schema(&db).await;
    for refused in [migration::down_by(&db, 1).await, migration::refresh(&db).await] {
        let error = refused.unwrap_err().to_string();
        assert!(error.contains("m29991231_001_later"), "{error}");
    }
    assert_eq!(schema(&db).await, before);
    migration::fresh(&db).await.unwrap();
    assert_eq!(applied(&db).await, all());
}

async fn a_change_that_a_newer_release_left_out_is_refused(database: EmptyDatabase) {
    let db = with_a_newer_change(&database, "'0.1.0'").await;
    let left_out = "DELETE FROM seaql_migrations WHERE version = 'm20261129_040_import_keys'";
    db.execute_unprepared(left_out).await.unwrap();
    let error = migration::up(&db).await.unwrap_err().to_string();
    assert!(error.contains("left out m20261129_040_import_keys"), "{error}");
}

async fn runs_at_once_are_one_after_the_other(database: EmptyDatabase) {
    let left = at_once(4, |_| {
        let database = database.clone();
        async move {
            let db = database.connect().await;
            migration::up(&db).await.unwrap();
            migration::pending(&db).await.unwrap().len()
        }
    })
    .await;
    assert_eq!(left, [0; 4]);
}

async fn a_run_that_fails_keeps_nobody_waiting(database: EmptyDatabase) {
    let (failing, next) = (database.connect().await, database.connect().await);
    migration::up_by(&next, 1).await.unwrap();
    next.execute_unprepared("CREATE TABLE users (id integer)").await.unwrap();
    migration::up(&failing).await.unwrap_err();
    assert_eq!(applied(&next).await, 1);
    next.execute_unprepared("DROP TABLE users").await.unwrap();
    migration::up(&next).await.unwrap();
    assert_eq!(applied(&failing).await, all());
}

async fn points_are_never_negative(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    // The backends have different types for it.
    let uuid = match db.get_database_backend() {
        sea_orm::DbBackend::Postgres => "gen_random_uuid()",
        _ => "'0123456789abcdef'",
    };
    let insert =
        format!("INSERT INTO users (uuid, hashed_password, group_id, points) VALUES ({uuid}, '!', 1, -1)");
    let error = db.execute_unprepared(&insert).await.unwrap_err();
    assert!(error.to_string().contains("ck_users_points"), "{error}");
}

async fn pending_registrations_go_with_their_account(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let (uuid, now) = match db.get_database_backend() {
        sea_orm::DbBackend::Postgres => ("gen_random_uuid()", "now()"),
        _ => ("'0123456789abcdef'", "'2026-01-02 03:04:05'"),
    };
    let statements = [
        format!("INSERT INTO users (id, uuid, hashed_password, group_id) VALUES (7, {uuid}, '!', 1)"),
        format!(
            "INSERT INTO pending_registrations (uuid, user_id, token, hashed_password, created_at, expires_at) \
             VALUES ({uuid}, 7, 'x', '!', {now}, {now})"
        ),
        "DELETE FROM users WHERE id = 7".to_owned(),
    ];
    for statement in statements {
        db.execute_unprepared(&statement).await.unwrap();
    }
    let left = db.execute_unprepared("DELETE FROM pending_registrations").await.unwrap();
    assert_eq!(left.rows_affected(), 0);
}
