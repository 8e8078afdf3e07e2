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

/// As on PostgreSQL, a conditional update that waited for another transaction sees what that transaction committed.
/// This level also locks fewer gaps between rows, so fewer transactions conflict.
const ISOLATION: &str = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// The server closes a connection without a statement after this time, and releases its locks: the client's process
/// hangs, or its machine is gone.
const ABANDONED: Duration = Duration::from_mins(2);

/// An unused connection is closed here after this time, before the server does it.
const IDLE: Duration = Duration::from_mins(1);

/// Opens a pool. TLS is as the URL's `ssl-mode` says; `PREFERRED` without it.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let parsed = MySqlConnectOptions::from_str(&options.url);
    // The parser's message may quote a part of the URL.
    let parsed = parsed.map_err(|_quoted| unusable("it is not that of a MySQL database"))?;
    // sqlx itself sees to utf8mb4 and to the time zone.
    let parsed = parsed.log_statements(LevelFilter::Trace).log_slow_statements(LevelFilter::Warn, SLOW);
    let session = vec![session(options), ISOLATION.to_owned()];
    server::connect::<MySql>(options, parsed, session, |pool| pool.idle_timeout(IDLE)).await
}

/// The statements with which each connection begins.
fn session(options: &DatabaseOptions) -> String {
    // A value that does not fit is refused and never truncated. `||` concatenates, as on other backends.
    let mode = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,\
                NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT";
    // The server takes whole seconds, at least one.
    let patience = options.acquire_timeout.as_secs().max(1);
    let statement = STATEMENT.as_secs();
    let abandoned = ABANDONED.as_secs();
    // Conflicts are recognised by the text of an error, which has to be English. Only MariaDB reads the statement
    // inside the comment.
    format!(
        "SET SESSION sql_mode = '{mode}', lc_messages = 'en_US', wait_timeout = {abandoned}, \
         innodb_lock_wait_timeout = {patience} /*M! , max_statement_time = {statement} */"
    )
}
