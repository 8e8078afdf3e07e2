//! MySQL and MariaDB.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::mysql::MySqlConnectOptions;
use sea_orm::sqlx::{ConnectOptions as _, MySql};
use tracing::log::LevelFilter;
use vestibule_domain::store::StoreError;

use super::server::{self, STATEMENT};
use super::{DatabaseOptions, SLOW, unusable};
use crate::db::pool::Pools;

/// As on PostgreSQL: a conditional update that waited for another transaction sees what that one
/// committed. It also locks fewer gaps between rows, so that fewer transactions meet in them.
const ISOLATION: &str = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// After this long without a statement the server closes a connection, with all that it locked: its process hangs, or
/// its machine is gone.
const ABANDONED: Duration = Duration::from_mins(2);

/// After this long an unused connection is closed here, before the server does it.
const IDLE: Duration = Duration::from_mins(1);

/// Opens a pool. TLS is as the URL's `ssl-mode` says; `PREFERRED` without it.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let parsed = MySqlConnectOptions::from_str(&options.url);
    // The parser's own words may quote a part of the URL.
    let parsed = parsed.map_err(|_quoted| unusable("it is not that of a MySQL database"))?;
    // sqlx itself sees to utf8mb4 and to the time zone.
    let parsed = parsed.log_statements(LevelFilter::Trace).log_slow_statements(LevelFilter::Warn, SLOW);
    let session = vec![session(options), ISOLATION.to_owned()];
    server::connect::<MySql>(options, parsed, session, |pool| pool.idle_timeout(IDLE)).await
}

/// What each connection begins with.
fn session(options: &DatabaseOptions) -> String {
    // A value that does not fit is refused, and never cut. `||` joins texts, as it does elsewhere.
    let mode = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,\
                NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT";
    // Whole seconds, of which there must be one.
    let patience = options.acquire_timeout.as_secs().max(1);
    let statement = STATEMENT.as_secs();
    let abandoned = ABANDONED.as_secs();
    // Conflicts are told by the words of an error, which have to be English. What stands in the comment
    // is read by MariaDB alone.
    format!(
        "SET SESSION sql_mode = '{mode}', lc_messages = 'en_US', wait_timeout = {abandoned}, \
         innodb_lock_wait_timeout = {patience} /*M! , max_statement_time = {statement} */"
    )
}
