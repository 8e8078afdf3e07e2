//! PostgreSQL.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{ConnectOptions as _, Postgres};
use tracing::log::LevelFilter;
use vestibule_domain::store::StoreError;

use super::server::{self, STATEMENT};
use super::{DatabaseOptions, SLOW, unusable};
use crate::db::pool::Pools;

/// The server closes a connection that is this long in an open transaction without a statement, and releases its
/// locks: the client's process hangs, or its machine is gone.
const IDLE_IN_TRANSACTION: Duration = Duration::from_mins(1);

/// Opens a pool. TLS is as the URL's `sslmode` says; `prefer` without it.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let parsed = PgConnectOptions::from_str(&options.url);
    // The parser's message may quote a part of the URL.
    let parsed = parsed.map_err(|_quoted| unusable("it is not that of a PostgreSQL database"))?;
    let parsed = parsed
        .application_name("vestibule")
        // PgBouncer refuses this parameter, and it is not needed: numbers are sent in binary, never as digits.
        .extra_float_digits(None)
        .log_statements(LevelFilter::Trace)
        .log_slow_statements(LevelFilter::Warn, SLOW);
    server::connect::<Postgres>(options, parsed, vec![session(options)], |pool| pool).await
}

/// The statements with which each connection begins. sqlx sets the time zone to UTC. These are statements and not
/// `options` of the connection, because `PgBouncer` refuses or ignores those.
fn session(options: &DatabaseOptions) -> String {
    let patience = options.acquire_timeout.as_millis();
    let statement = STATEMENT.as_millis();
    let abandoned = IDLE_IN_TRANSACTION.as_millis();
    // At this isolation level, a conditional update that waited for another transaction sees what that transaction
    // committed. Plans are made anew for each execution: a plan from when a table was empty would read the whole
    // table ever after, and an import into a new database would take minutes instead of seconds.
    format!(
        "SET default_transaction_isolation = 'read committed'; SET plan_cache_mode = force_custom_plan; \
         SET lock_timeout = {patience}; SET statement_timeout = {statement}; \
         SET idle_in_transaction_session_timeout = {abandoned}"
    )
}
