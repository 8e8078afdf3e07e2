//! Statistics of tables that grow while a server runs.

use super::*;

/// How a page far behind in an address book is found: by the ids that it holds, or past all rows before it.
async fn plan(store: &SeaStore) -> String {
    let page = "EXPLAIN QUERY PLAN SELECT id, text FROM grown WHERE id IN (
                    SELECT id FROM grown WHERE owner = 1 AND id >= 4000 ORDER BY id LIMIT 20
                ) ORDER BY id";
    let steps = store.pools.reader.rows_of::<(i64, i64, i64, String)>(statement(page)).await.unwrap();
    steps[0].3.clone()
}

async fn add(store: &SeaStore, rows: u32) {
    let insert = format!(
        "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT {rows})
         INSERT INTO grown (owner, text) SELECT 1, 'text' FROM numbers"
    );
    store.pools.writer.execute_unprepared(&insert).await.unwrap();
}

#[tokio::test]
async fn they_are_taken_and_used_while_the_server_runs() {
    let (store, options, _folder) = in_file().await;
    let tables = "CREATE TABLE grown (id INTEGER PRIMARY KEY, owner INTEGER, text TEXT);
                  CREATE INDEX ix_grown_owner ON grown (owner);
                  CREATE TABLE filler (bytes BLOB)";
    store.pools.writer.execute_unprepared(tables).await.unwrap();
    add(&store, 1).await;
    store.close().await;
    let store = SeaStore::connect(&options).await.unwrap();
    add(&store, 5_000).await;
    assert_eq!(plan(&store).await, "SCAN grown");
    // As much as the log holds before it is written back.
    store.pools.writer.execute_unprepared("INSERT INTO filler VALUES (zeroblob(80 << 20))").await.unwrap();
    let taken = async {
        while plan(&store).await != "SEARCH grown USING INTEGER PRIMARY KEY (rowid=?)" {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), taken).await.expect("statistics of 5,001 rows");
}
