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

/// After this long in an open transaction without a statement a connection is closed by the server, with
/// all that it locked: its process hangs, or its machine is gone.
const IDLE_IN_TRANSACTION: Duration = Duration::from_mins(1);

/// Opens a pool. TLS is as the URL's `sslmode` says; `prefer` without it.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Pools, StoreError> {
    let parsed = PgConnectOptions::from_str(&options.url);
    // The parser's own words may quote a part of the URL.
    let parsed = parsed.map_err(|_quoted| unusable("it is not that of a PostgreSQL database"))?;
    let parsed = parsed
        .application_name("vestibule")
        // PgBouncer refuses it, and numbers are sent as they are, never as digits.
        .extra_float_digits(None)
        .log_statements(LevelFilter::Trace)
        .log_slow_statements(LevelFilter::Warn, SLOW);
    server::connect::<Postgres>(options, parsed, vec![session(options)], |pool| pool).await
}

/// What each connection begins with. The time zone is UTC, which sqlx sees to. These are statements, and no `options`
/// of the connection: `PgBouncer` refuses those, or ignores them.
fn session(options: &DatabaseOptions) -> String {
    let patience = options.acquire_timeout.as_millis();
    let statement = STATEMENT.as_millis();
    let abandoned = IDLE_IN_TRANSACTION.as_millis();
    // A conditional update that waited for another transaction sees what that one committed. A plan that was kept
    // from when a table was empty would read the whole table ever after: an import into a new database takes minutes
    // by it, and seconds without.
    format!(
        "SET default_transaction_isolation = 'read committed'; SET plan_cache_mode = force_custom_plan; \
         SET lock_timeout = {patience}; SET statement_timeout = {statement}; \
         SET idle_in_transaction_session_timeout = {abandoned}"
    )
}
