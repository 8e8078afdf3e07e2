//! What database servers have in common.

use std::time::Duration;

use sea_orm::ConnectOptions;

use super::DatabaseOptions;

/// A connection that was idle for this long is tried before it is given out. A server that was restarted
/// or a network that dropped connections is noticed by that, and not by a request; a busy server, whose
/// connections are never idle for long, is not asked twice for each statement.
const TRIED_AFTER: Duration = Duration::from_secs(1);

/// How long a statement may run. Nothing that is asked of the database takes anywhere near as long; what
/// does would hold its locks for good.
pub(super) const STATEMENT: Duration = Duration::from_mins(1);

/// The options of a pool. The URL stays out of them, since sea-orm traces them whole: the caller hands
/// the driver what it parsed.
pub(super) fn pool(options: &DatabaseOptions, url: &str) -> ConnectOptions {
    let mut pool = options.pool(url, options.max_connections.max(1));
    pool.test_before_acquire_if_idle_for(TRIED_AFTER);
    pool
}
