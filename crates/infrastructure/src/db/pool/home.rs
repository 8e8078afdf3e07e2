//! Where connections are opened.

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Database, Error, Pool};
use tokio::runtime::Handle;

/// The runtime that drives the connections of a pool.
///
/// A connection is driven by the runtime in which it was opened. Each thread that answers requests has a runtime of its own,
/// which ends before the others do when a server stops: what was opened there would fail in the hands of others. So
/// connections are opened in the runtime of whoever made the pool.
#[derive(Debug, Clone)]
pub(super) struct Home(Handle);

impl Home {
    /// That of the caller.
    pub(super) fn here() -> Self {
        Self(Handle::current())
    }

    /// A connection of the pool, from a task of that runtime if it may have to be opened. Whoever has no time to wait for
    /// it leaves it to the next one.
    pub(super) async fn acquire<D: Database>(&self, pool: &Pool<D>) -> Result<PoolConnection<D>, Error> {
        let may_open = pool.num_idle() == 0 && pool.size() < pool.options().get_max_connections();
        if !may_open {
            return pool.acquire().await;
        }
        let pool = pool.clone();
        // Neither does the task panic, nor does anybody abort it: the runtime has ended, and so has all of this.
        self.0.spawn(async move { pool.acquire().await }).await.unwrap_or(Err(Error::PoolClosed))
    }
}
