//! How much of a table a server has read, which tells more of a plan than the time it took.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use vestibule_infrastructure::db::SeaStore;

/// How many entries of the indexes of a table, and how many of its rows, were read since the database was made.
///
/// The store has one connection: another one would not know yet what this one has read.
pub(crate) async fn rows_read(store: &SeaStore, table: &str) -> (i64, i64) {
    let run = async |sql: String| {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        store.connection().query_one_raw(statement).await.unwrap().unwrap()
    };
    run("SELECT 1 FROM pg_stat_force_next_flush()".to_owned()).await;
    let row = run(format!(
        "SELECT
            (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = '{table}')::bigint,
            (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = '{table}')::bigint"
    ))
    .await;
    (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())
}

/// How many rows and entries of any table this connection has read on MariaDB; to ask this reads some too.
///
/// The store has one connection: the server counts by connection.
pub(crate) async fn handled(store: &SeaStore) -> i64 {
    let sql = "SELECT CAST(SUM(variable_value) AS SIGNED) FROM information_schema.session_status \
               WHERE variable_name LIKE 'Handler_read%'";
    let statement = Statement::from_string(DbBackend::MySql, sql);
    let row = store.connection().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}
