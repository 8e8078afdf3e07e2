//! How much of a large table PostgreSQL reads for a part of the directory.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use vestibule_domain::accounts::{
    AddressBeginning, AddressPart, DirectoryFilter, DirectoryOrder, EmailAddress, ListedState, Role,
};
use vestibule_domain::page::Reach;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::given::Stored;
use crate::rows_read::rows_read;

contract!(database on [postgres]: [
    a_part_of_a_list_far_behind_reads_no_account_before_it,
    a_part_inside_addresses_is_looked_for_in_so_many_entries_of_an_index,
    addresses_far_behind_are_read_from_the_last_one_on,
]);

const ACCOUNTS: u64 = 50_000;
const PART: u64 = 25;

async fn filled(database: &EmptyDatabase) -> (SeaStore, Stored) {
    let options = DatabaseOptions { max_connections: 1, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let fill = format!(
        "INSERT INTO users (uuid, email, hashed_password, group_id, is_active, created_at)
         SELECT gen_random_uuid(), 'person' || i || '@example.com', 'x',
             CASE WHEN i % 10 = 0 THEN 2 ELSE 1 END, i % 10 <> 1, '2026-01-01Z'::timestamptz
         FROM generate_series(1, {ACCOUNTS}) AS numbers(i)"
    );
    // What is not on disk yet is not taken for visible to all, and an index alone does not do then.
    for statement in ["SET synchronous_commit = on", &fill, "VACUUM ANALYZE users"] {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
    let stored: Stored = Arc::new(store.clone());
    (store, stored)
}

#[track_caller]
fn is_little(before: (i64, i64), after: (i64, i64), times: i64, what: &str) {
    let (entries, rows) = (after.0 - before.0, after.1 - before.1);
    let most = 4 * times * i64::try_from(PART).unwrap();
    assert!(entries <= most && rows <= most, "{what}: {entries} entries, {rows} rows");
}

async fn a_part_of_a_list_far_behind_reads_no_account_before_it(database: EmptyDatabase) {
    let (store, stored) = filled(&database).await;
    let browse = async |filter, order, after, items| {
        let reach = Reach { items, looked_at: 10_000 };
        stored.repositories().directory().browse(filter, order, after, reach).await.unwrap()
    };
    let (moderators, users) = (Some(Role::Moderator), Some(Role::User));
    for (role, state) in [
        (None, None),
        (moderators, None),
        (users, None),
        (None, Some(ListedState::Inactive)),
        (users, Some(ListedState::Active)),
    ] {
        let filter = DirectoryFilter { role, state, surface: None };
        for order in
            [DirectoryOrder::Oldest, DirectoryOrder::Newest, DirectoryOrder::Name, DirectoryOrder::Address]
        {
            // Not of the first accounts, and not of the last.
            let mut last = None;
            for _ in 0..3 {
                last = browse(filter, order, last, 1_000).await.next;
            }
            let is_by_name = order == DirectoryOrder::Name;
            assert_eq!(last.is_some(), !is_by_name, "nobody has a name: {filter:?} {order:?}");
            let before = rows_read(&store, "users").await;
            let part = browse(filter, order, last, PART).await;
            assert_eq!(part.items.len() as u64, if is_by_name { 0 } else { PART }, "{filter:?} {order:?}");
            // By address, the others are passed over: nine of ten are no moderators.
            let times = if order == DirectoryOrder::Address { 10 } else { 1 };
            is_little(before, rows_read(&store, "users").await, times, &format!("{filter:?} {order:?}"));
        }
    }
}

async fn a_part_inside_addresses_is_looked_for_in_so_many_entries_of_an_index(database: EmptyDatabase) {
    const LOOKED_AT: u64 = 5_000;
    let (store, stored) = filled(&database).await;
    let reach = Reach { items: PART, looked_at: LOOKED_AT };
    let part = AddressPart::new("nobody").unwrap();
    for after in [None, Some("person4@example.com")] {
        let after = after.map(|after| EmailAddress::from_stored(after.to_owned()));
        let before = rows_read(&store, "users").await;
        let mut repositories = stored.repositories();
        let found = repositories.directory().with_address_part(&part, after.as_ref(), reach).await.unwrap();
        assert_eq!((found.items.len(), found.next.is_some()), (0, true), "{after:?}");
        drop(repositories);
        let (entries, rows) = rows_read(&store, "users").await;
        let (entries, rows) = (entries - before.0, rows - before.1);
        // Once for the hits and once for the end.
        let most = i64::try_from(2 * LOOKED_AT).unwrap();
        assert!(entries <= most && rows <= 4, "{after:?}: {entries} entries, {rows} rows");
    }
}

async fn addresses_far_behind_are_read_from_the_last_one_on(database: EmptyDatabase) {
    let (store, stored) = filled(&database).await;
    for (beginning, after) in [("p", None), ("person2", Some("person4")), ("person", Some("person45"))] {
        let hits = if beginning == "person2" { 0 } else { PART };
        let beginning = AddressBeginning::new(beginning).unwrap();
        let after = after.map(|after| EmailAddress::from_stored(after.to_owned()));
        let before = rows_read(&store, "users").await;
        let mut repositories = stored.repositories();
        let found = repositories.directory().with_address(&beginning, after.as_ref(), PART).await.unwrap();
        assert_eq!(found.len() as u64, hits, "{beginning:?}");
        drop(repositories);
        is_little(before, rows_read(&store, "users").await, 1, &format!("{beginning:?}"));
    }
}
