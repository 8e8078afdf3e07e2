//! Lists of the accounts that came through one surface: what servers read of a large table, and rows of other releases.

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DbBackend};
use vestibule_domain::accounts::{
    AccountId, AccountSurface, DirectoryFilter, DirectoryOrder, DirectoryPlace, ListedState, ListedSurface,
    Role,
};
use vestibule_domain::page::{Part, Reach};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::given::{Stored, read};
use crate::rows_read::{handled, rows_read};

contract!(database on [sqlite, postgres, mariadb]: [
    a_list_by_time_reads_no_account_before_it_and_none_of_others,
    what_a_release_before_or_a_newer_one_wrote_has_no_surface_here,
]);

const ACCOUNTS: u64 = 50_000;
const PART: u64 = 25;
/// MariaDB goes through so many entries of a list, before it asks what is wanted of them.
const LOOKED_AT: u64 = 500;
/// What asking a server for its counters reads by itself, and what is read a little further.
const BESIDE: i64 = 2_500;

async fn migrated(database: &EmptyDatabase) -> (SeaStore, Stored) {
    let mut options = DatabaseOptions::new(database.url());
    if !options.url.starts_with("sqlite") {
        // Another connection would not know yet what this one has read.
        options.max_connections = 1;
    }
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let stored: Stored = Arc::new(store.clone());
    (store, stored)
}

/// Half of the accounts came through points, and one of a thousand through mobile.
async fn fill(store: &SeaStore) {
    let (uuid, email, numbers, then) = match store.connection().get_database_backend() {
        DbBackend::Postgres => (
            "gen_random_uuid()",
            "'person' || i || '@example.com'",
            format!("generate_series(1, {ACCOUNTS}) AS numbers(i)"),
            &["SET synchronous_commit = on", "VACUUM ANALYZE users"][..],
        ),
        DbBackend::Sqlite => (
            "randomblob(16)",
            "'person' || i || '@example.com'",
            format!(
                "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ACCOUNTS}) \
                 SELECT i FROM n)"
            ),
            &[][..],
        ),
        _ => (
            "unhex(replace(uuid(), '-', ''))",
            "concat('person', i, '@example.com')",
            format!("(SELECT seq AS i FROM seq_1_to_{ACCOUNTS}) AS numbers"),
            &["ANALYZE TABLE users"][..],
        ),
    };
    let fill = format!(
        "INSERT INTO users (uuid, email, hashed_password, group_id, is_active, created_at, surface)
         SELECT {uuid}, {email}, 'x',
             CASE WHEN i % 10 = 0 THEN 2 ELSE 1 END, i % 10 <> 1, '2026-01-01 00:00:00.0',
             CASE WHEN i % 1000 = 7 THEN 'mobile' WHEN i % 2 = 0 THEN 'points' END
         FROM {numbers}"
    );
    for statement in std::iter::once(&*fill).chain(then.iter().copied()) {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
}

/// How much of the accounts was read by now; nothing where the database does not count.
async fn reads(store: &SeaStore) -> i64 {
    match store.connection().get_database_backend() {
        DbBackend::Postgres => {
            let (entries, rows) = rows_read(store, "users").await;
            entries + rows
        }
        DbBackend::Sqlite => 0,
        _ => handled(store).await,
    }
}

async fn part(
    store: &Stored,
    filter: DirectoryFilter,
    order: DirectoryOrder,
    after: Option<DirectoryPlace>,
    reach: Reach,
) -> (Vec<AccountId>, Option<DirectoryPlace>) {
    let Part { items, next } =
        store.repositories().directory().browse(filter, order, after, reach).await.unwrap();
    (items.into_iter().map(|entry| entry.id).collect(), next)
}

const REACH: Reach = Reach { items: PART, looked_at: LOOKED_AT };
const EVERYBODY: DirectoryFilter = DirectoryFilter { role: None, state: None, surface: None };

const fn through(surface: ListedSurface) -> DirectoryFilter {
    DirectoryFilter { surface: Some(surface), ..EVERYBODY }
}

async fn a_list_by_time_reads_no_account_before_it_and_none_of_others(database: EmptyDatabase) {
    let (store, stored) = migrated(&database).await;
    fill(&store).await;
    let known = |surface| through(ListedSurface::Known(surface));
    let mobile = known(AccountSurface::Mobile);
    let points = known(AccountSurface::Points);
    let users_at_mobile =
        DirectoryFilter { role: Some(Role::User), state: Some(ListedState::Active), ..mobile };
    // The list, how many accounts of it are passed over, and how many come after that.
    for (filter, passed, expected) in [
        (EVERYBODY, 5_000, PART),
        (DirectoryFilter { role: Some(Role::Moderator), ..EVERYBODY }, 4_000, PART),
        (DirectoryFilter { state: Some(ListedState::Inactive), ..EVERYBODY }, 4_000, PART),
        (mobile, 20, PART),
        (points, 5_000, PART),
        (through(ListedSurface::Unknown), 5_000, PART),
        (users_at_mobile, 20, PART),
        (DirectoryFilter { role: Some(Role::User), ..points }, 5_000, PART),
        (known(AccountSurface::Contacts), 20, 0),
    ] {
        for order in [DirectoryOrder::Oldest, DirectoryOrder::Newest] {
            let far = Reach { items: passed, looked_at: ACCOUNTS };
            let (_, far) = part(&stored, filter, order, None, far).await;
            for after in [None, far] {
                let before = reads(&store).await;
                let found = part(&stored, filter, order, after.clone(), REACH).await;
                let read = reads(&store).await - before;
                assert_eq!(found.0.len() as u64, expected, "{filter:?} {order:?} {after:?}");
                assert!(read <= BESIDE, "{filter:?} {order:?} {after:?}: {read}");
            }
        }
    }
}

async fn what_a_release_before_or_a_newer_one_wrote_has_no_surface_here(database: EmptyDatabase) {
    let (store, stored) = migrated(&database).await;
    let uuid = match store.connection().get_database_backend() {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "x'00000000000040008000000000000001'",
    };
    // A release before writes every column but this one.
    let before = format!(
        "INSERT INTO users (id, uuid, email, hashed_password, group_id, created_at, updated_at) \
         VALUES (1, {uuid}, 'ada@example.com', 'x', 1, '2026-01-01 00:00:00.0', '2026-01-01 00:00:00.0')"
    );
    store.connection().execute_unprepared(&before).await.unwrap();
    let unknown = through(ListedSurface::Unknown);
    for order in
        [DirectoryOrder::Oldest, DirectoryOrder::Newest, DirectoryOrder::Address, DirectoryOrder::Name]
    {
        let expected = if order == DirectoryOrder::Name { vec![] } else { vec![AccountId(1)] };
        assert_eq!(part(&stored, unknown, order, None, REACH).await.0, expected, "{order:?}");
    }
    assert_eq!(read(&stored, AccountId(1)).await.details.surface, None);
    // A surface that a newer release serves.
    let newer = "UPDATE users SET surface = 'cinema' WHERE id = 1";
    store.connection().execute_unprepared(newer).await.unwrap();
    assert_eq!(read(&stored, AccountId(1)).await.details.surface, None);
}
