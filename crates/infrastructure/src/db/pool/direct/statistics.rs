//! Statistics by which SQLite plans.

use sea_orm::sqlx::Error;
use sea_orm::{DbBackend, Statement};

use super::super::super::connect::STATISTICS;
use super::connection::Direct;

/// Takes those of tables that grew since the last time, and whether there are new ones of large tables. Those of small ones
/// come and go with their rows.
pub(super) fn take_statistics(connection: &Direct) -> Result<bool, Error> {
    let before = of_large_tables(connection);
    connection.execute_unprepared(STATISTICS)?;
    Ok(of_large_tables(connection) != before)
}

/// Nothing before the first were taken, when there is no table for them.
fn of_large_tables(connection: &Direct) -> Option<Vec<(String,)>> {
    let ask = "SELECT concat(tbl, ' ', idx, ' ', stat) FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) >= 1000 ORDER BY 1";
    connection.rows(&Statement::from_string(DbBackend::Sqlite, ask)).ok()?.ok()
}
