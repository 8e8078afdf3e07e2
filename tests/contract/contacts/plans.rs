//! How much of a large table PostgreSQL reads for one address book.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use vestibule_domain::accounts::AccountId;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::given::{find, page};
use crate::given::{NOW, Stored, add_account};
use crate::rows_read::rows_read;

contract!(database on [postgres]: [
    the_first_page_of_an_address_book_reads_no_contact_of_others,
    a_page_far_behind_passes_over_no_more_than_half_a_block_of_entries_and_reads_no_row_but_its_own,
    a_search_for_what_every_contact_has_reads_no_contact_of_others,
]);

/// How many contacts others have, who came before.
const OTHERS: u64 = 20_000;
/// How many the owner has: most of the table, which is why the index of owners looks worthless.
const OWN: u64 = 100_000;
/// How many ids a block has in which contacts are counted.
const BLOCK: i64 = 1_024;
/// How many are on a page.
const PAGE: u16 = 20;

/// A store of one connection, so that what it read can be asked for, and the owner of most of 120,000 contacts.
async fn filled(database: &EmptyDatabase) -> (SeaStore, Stored, AccountId) {
    filled_with(database, OTHERS, OWN).await
}

/// The same with other numbers of contacts.
async fn filled_with(database: &EmptyDatabase, others: u64, own_ones: u64) -> (SeaStore, Stored, AccountId) {
    let options = DatabaseOptions { max_connections: 1, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let stored: Stored = Arc::new(store.clone());
    let other = add_account(&stored, "other@example.com").await;
    let own = add_account(&stored, "own@example.com").await;
    let fill = format!(
        "INSERT INTO contacts (fullname, fullname_folded, email, email_folded, user_id)
         SELECT CASE WHEN i <= {others} THEN 'Zoe ' ELSE 'Xe ' END || i,
             CASE WHEN i <= {others} THEN 'zoe ' ELSE 'xe ' END || i,
             'p' || i || '@example.com', 'p' || i || '@example.com',
             CASE WHEN i <= {others} THEN {} ELSE {} END
         FROM generate_series(1, {}) AS numbers(i)",
        other.0,
        own.0,
        others + own_ones
    );
    // What is not on disk yet is not taken for visible to all, and an index alone does not do then.
    for statement in ["SET synchronous_commit = on", &fill, "VACUUM ANALYZE contacts, contact_blocks"] {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
    (store, stored, own)
}

/// How many entries and rows it takes to read a page.
async fn read_by_page(store: &SeaStore, stored: &Stored, owner: AccountId, offset: u64) -> (i64, i64) {
    let before = rows_read(store, "contacts").await;
    assert_eq!(page(stored, owner, offset, PAGE).await.len(), usize::from(PAGE));
    let after = rows_read(store, "contacts").await;
    (after.0 - before.0, after.1 - before.1)
}

async fn the_first_page_of_an_address_book_reads_no_contact_of_others(database: EmptyDatabase) {
    let (store, stored, owner) = filled(&database).await;
    let (entries, rows) = read_by_page(&store, &stored, owner, 0).await;
    // Each contact by its owner, and by its id; an index may be read a little further.
    assert!(entries <= 3 * i64::from(PAGE) && rows <= i64::from(PAGE), "{entries} entries, {rows} rows");
}

async fn a_page_far_behind_passes_over_no_more_than_half_a_block_of_entries_and_reads_no_row_but_its_own(
    database: EmptyDatabase,
) {
    let (store, stored, owner) = filled(&database).await;
    let last = OWN - u64::from(PAGE);
    let before = rows_read(&store, "contacts").await;
    assert_eq!(page(&stored, owner, OWN, PAGE).await, [], "past the end");
    let after = rows_read(&store, "contacts").await;
    assert_eq!(after, before, "past the end nothing is read");
    for (offset, passed_over) in
        [(last, i64::from(PAGE)), (501, BLOCK / 2), (OWN / 2, BLOCK / 2), (last - 500, BLOCK / 2)]
    {
        let (entries, rows) = read_by_page(&store, &stored, owner, offset).await;
        let most = passed_over + 2 * i64::from(PAGE);
        assert!(entries <= most && rows <= i64::from(PAGE), "{offset}: {entries} entries, {rows} rows");
    }
}

async fn a_search_for_what_every_contact_has_reads_no_contact_of_others(database: EmptyDatabase) {
    // More than are compared one by one.
    let (store, stored, owner) = filled_with(&database, 3_000, 3_000).await;
    while !stored.repositories().contact_index().rebuild_next(1_000, NOW).await.unwrap().is_whole {}
    store.connection().execute_unprepared("VACUUM ANALYZE contact_trigrams").await.unwrap();
    for text in ["example.com", "EXAMPLE.COM"] {
        let before = rows_read(&store, "contacts").await;
        assert!(find(&stored, owner, text).await.is_some(), "{text}");
        let after = rows_read(&store, "contacts").await;
        let (entries, rows) = (after.0 - before.0, after.1 - before.1);
        // The first match in any letter case, the one in this case, and what is shown of it.
        assert!(entries <= 4 && rows <= 4, "{text}: {entries} entries, {rows} rows");
    }
}
