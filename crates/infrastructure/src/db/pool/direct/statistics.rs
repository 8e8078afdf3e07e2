//! Statistics by which SQLite plans.

use sea_orm::{DbBackend, Statement};

use super::super::super::connect::STATISTICS;
use super::connection::Direct;

/// Takes those of tables that grew since the last time. Whether there are new ones. Without any, SQLite plans as for large
/// tables, so that a failure is none.
pub(super) fn take_statistics(connection: &Direct) -> bool {
    let before = known(connection);
    let taken = connection.execute_unprepared(STATISTICS);
    taken.is_ok() && known(connection) != before
}

/// Nothing before the first were taken, when there is no table for them.
fn known(connection: &Direct) -> Option<Vec<(String,)>> {
    let ask = "SELECT concat(tbl, ' ', idx, ' ', stat) FROM sqlite_stat1 ORDER BY 1";
    connection.rows(&Statement::from_string(DbBackend::Sqlite, ask)).ok()?.ok()
}
