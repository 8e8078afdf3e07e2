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
    server::connect::<Postgres>(options, session(options)?, |pool| pool).await
}

/// What each connection begins with. The time zone is UTC, which sqlx sees to.
fn session(options: &DatabaseOptions) -> Result<PgConnectOptions, StoreError> {
    let parsed = PgConnectOptions::from_str(&options.url);
    // The parser's own words may quote a part of the URL.
    let parsed = parsed.map_err(|_quoted| unusable("it is not that of a PostgreSQL database"))?;
    let millis = |time: Duration| time.as_millis().to_string();
    Ok(parsed
        .application_name("vestibule")
        .options([
            // A conditional update that waited for another transaction sees what that one committed.
            ("default_transaction_isolation", "read committed".to_owned()),
            // A plan that was kept from when a table was empty would read the whole table ever after: an
            // import into a new database takes minutes by it, and seconds without.
            ("plan_cache_mode", "force_custom_plan".to_owned()),
            ("lock_timeout", millis(options.acquire_timeout)),
            ("statement_timeout", millis(STATEMENT)),
            ("idle_in_transaction_session_timeout", millis(IDLE_IN_TRANSACTION)),
        ])
        .log_statements(LevelFilter::Trace)
        .log_slow_statements(LevelFilter::Warn, SLOW))
}
