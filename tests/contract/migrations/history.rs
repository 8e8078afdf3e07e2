//! Up and down the history.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{at_once, contract};

use super::schema::schema;

contract!(database on [sqlite, postgres, mariadb]: [
    up_down_up_leaves_the_same_schema,
    every_step_down_can_be_taken_up_again,
    refresh_and_fresh_leave_the_same_schema_and_no_data,
    what_is_pending_is_told_without_a_change,
    the_status_follows_every_step,
    a_database_of_a_newer_release_is_refused,
    runs_at_once_are_one_after_the_other,
    a_run_that_fails_keeps_nobody_waiting,
    points_are_never_negative,
    pending_registrations_go_with_their_account,
]);

/// Changes for PostgreSQL, which change nothing elsewhere.
const POSTGRES_ALONE: [&str; 1] = ["m20261128_039_row_blocks"];

/// Changes that change nothing on SQLite.
const NOT_ON_SQLITE: [&str; 2] = ["m20261128_039_row_blocks", "m20261128_040_users_long_hashes"];

fn all() -> usize {
    Migrator::migrations().len()
}

async fn applied(db: &DatabaseConnection) -> usize {
    let status = migration::status(db).await.unwrap();
    assert_eq!(status.len(), all());
    // They are applied in their order.
    assert!(status.is_sorted_by_key(|step| !step.is_applied), "{status:?}");
    status.iter().filter(|step| step.is_applied).count()
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
        let is_for_others = match db.get_database_backend() {
            DbBackend::Postgres => false,
            DbBackend::Sqlite => NOT_ON_SQLITE.contains(&&*step.name),
            _ => POSTGRES_ALONE.contains(&&*step.name),
        };
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

async fn a_database_of_a_newer_release_is_refused(database: EmptyDatabase) {
    let db = database.connect().await;
    migration::up(&db).await.unwrap();
    let newer = "INSERT INTO seaql_migrations VALUES ('m29991231_001_later', 0)";
    db.execute_unprepared(newer).await.unwrap();
    let error = migration::pending(&db).await.unwrap_err();
    assert!(error.to_string().contains("m29991231_001_later"), "{error}");
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
