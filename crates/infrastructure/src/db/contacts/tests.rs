//! Reads of several statements, when somebody changes something between them.

use sea_orm::{ConnectionTrait as _, DbBackend, Schema};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::ContactSearch;
use vestibule_domain::page::{PageLimit, PageRequest};

use super::super::SeaStore;
use super::super::entities::contacts::Entity;
use super::super::tests::changing::Changing;
use super::super::tests::in_file;
use super::pages;
use super::search::find;
use super::trigrams::Field;

const OWNER: AccountId = AccountId(1);

/// What happens to the first match.
const GONE: [&str; 2] = [
    "DELETE FROM contacts WHERE id = 1",
    "UPDATE contacts SET fullname = 'bob', fullname_folded = 'bob' WHERE id = 1",
];

/// A store with so many contacts of one name, who all wait for their trigrams, and the folder that it is gone with.
async fn with_contacts(number: u32) -> (SeaStore, tempfile::TempDir) {
    let (store, _, folder) = in_file().await;
    let db = store.connection();
    db.execute(&Schema::new(DbBackend::Sqlite).create_table_from_entity(Entity)).await.unwrap();
    let fill = format!(
        "INSERT INTO contacts (fullname, fullname_folded, user_id) \
         WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {number}) \
         SELECT 'kim', 'kim', {} FROM numbers",
        OWNER.0
    );
    for statement in [
        "CREATE TABLE contact_trigrams (user_id INTEGER, trigram INTEGER, contact_id INTEGER, cases INTEGER, \
         PRIMARY KEY (user_id, trigram, contact_id)) WITHOUT ROWID",
        "CREATE TABLE contact_index_progress (id INTEGER PRIMARY KEY, reached INTEGER, finished_at TEXT)",
        "INSERT INTO contact_index_progress VALUES (1, 0, NULL)",
        &fill,
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    (store, folder)
}

/// Whom a search finds, beside which the first match is gone before a query.
async fn found(store: &SeaStore, change: &str, before: usize) -> Option<i64> {
    let connection = Changing::new(store, change, before);
    let found = find(&connection, OWNER, &ContactSearch::new("kim")).await.unwrap();
    connection.assert_changed();
    found.map(|contact| contact.id.0)
}

#[tokio::test]
async fn where_one_that_waits_is_gone_the_next_one_is_found() {
    for change in GONE {
        let (store, _folder) = with_contacts(2).await;
        // Between the query for the best one and that for what is shown of it.
        assert_eq!(found(&store, change, 1).await, Some(2), "{change}");
    }
}

#[tokio::test]
async fn where_one_of_very_many_is_gone_the_next_one_is_found() {
    // Before the first one in any letter case is shown, and before the first one in this letter case is.
    for (change, before) in GONE.into_iter().flat_map(|change| [(change, 2), (change, 4)]) {
        let (store, _folder) = with_contacts(2_100).await;
        for sought in Field::Name.sought("kim") {
            let cover = format!(
                "INSERT INTO contact_trigrams SELECT user_id, {}, id, {} FROM contacts",
                sought.trigrams.start(),
                sought.cases
            );
            store.connection().execute_unprepared(&cover).await.unwrap();
        }
        let whole = "UPDATE contact_index_progress SET finished_at = '2026-11-20 12:00:00'";
        store.connection().execute_unprepared(whole).await.unwrap();
        assert_eq!(found(&store, change, before).await, Some(2), "{change} {before}");
    }
}

#[tokio::test]
async fn a_page_far_behind_has_what_follows_so_many_contacts_beside_changes() {
    let insert =
        "INSERT INTO contacts (fullname, fullname_folded, user_id) VALUES ('kim', 'kim', 1)".to_owned();
    let delete = |which: &str| format!("DELETE FROM contacts WHERE id {which}");
    // Of so many contacts a page from this offset, beside this change, and the ids that are on it.
    let cases: [(u32, u64, String, Vec<i64>); 10] = [
        (1_500, 1_400, insert, (1_401..=1_420).collect()),
        (1_500, 1_400, delete("= 1450"), (1_401..=1_420).collect()),
        (1_500, 1_400, delete("= 1410"), (1_401..=1_421).filter(|id| *id != 1_410).collect()),
        (1_500, 1_400, delete("= 1300"), (1_402..=1_421).collect()),
        (1_410, 1_400, delete("= 1405"), (1_401..=1_410).filter(|id| *id != 1_405).collect()),
        (1_410, 1_400, delete("> 1390"), Vec::new()),
        (1_500, 1_010, delete("= 1015"), (1_011..=1_031).filter(|id| *id != 1_015).collect()),
        (2_057, 2_040, delete(">= 2048"), (2_041..=2_047).collect()),
        (2_057, 2_020, delete("= 2030"), (2_021..=2_041).filter(|id| *id != 2_030).collect()),
        (
            2_200,
            2_025,
            delete("BETWEEN 2030 AND 2040"),
            [2_026..=2_029, 2_041..=2_056].into_iter().flatten().collect(),
        ),
    ];
    for (number, offset, change, expected) in cases {
        let (store, _folder) = with_contacts(number).await;
        let count = "CREATE TABLE contact_blocks (user_id INTEGER, block INTEGER, contacts INTEGER);
            INSERT INTO contact_blocks SELECT user_id, id / 1024, count(*) FROM contacts GROUP BY 1, 2";
        store.connection().execute_unprepared(count).await.unwrap();
        // After the blocks are counted.
        let change = format!("{change}; DELETE FROM contact_blocks; {}", count.split_once(';').unwrap().1);
        let connection = Changing::new(&store, &change, 1);
        let page = PageRequest { offset, limit: PageLimit::new(20) };
        let page = pages::list(&connection, OWNER, page).await.unwrap();
        let ids: Vec<_> = page.iter().map(|contact| contact.id.0).collect();
        assert_eq!(ids, expected, "{change}");
        connection.assert_changed();
    }
}
