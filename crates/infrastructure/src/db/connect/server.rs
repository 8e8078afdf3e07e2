//! What database servers have in common.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::pool::PoolOptions;
use vestibule_domain::store::StoreError;

use super::DatabaseOptions;
use crate::db::errors::store_error;
use crate::db::pool::{
    Driver, Freshness, IntoPool, Newcomers, Pools, ServerPool, Shares, pool_options, why_not_opened,
};

/// A connection that was idle for this long is tried before it is used. The connections of a busy server are never
/// idle so long, and are not tried for each statement.
const TRIED_AFTER: Duration = Duration::from_secs(1);

/// How long a statement may run. Our statements take far less; a statement that takes longer would hold its locks for
/// good.
pub(super) const STATEMENT: Duration = Duration::from_mins(1);

/// Connects to a server: one pool for everything, whose connections begin with the statements of `session`. One
/// connection is opened at once, because only its first answer tells that the server is there and not only a pooler
/// in front of it.
pub(super) async fn connect<D: Driver>(
    options: &DatabaseOptions,
    server: <D::Connection as sea_orm::sqlx::Connection>::Options,
    session: Vec<String>,
    adjust: impl FnOnce(PoolOptions<D>) -> PoolOptions<D>,
) -> Result<Pools, StoreError>
where
    ServerPool<D>: IntoPool,
{
    let freshness = Arc::new(Freshness::new());
    let newcomers = Arc::new(Newcomers::new(options.acquire_timeout));
    let shares = Shares::new(options.max_connections, options.threads);
    let (session, first): (Arc<[String]>, _) = (session.into(), newcomers.clone());
    let pool = pool_options::<D>(&freshness, options.acquire_timeout, Some(TRIED_AFTER))
        .max_connections(shares.shared)
        .max_lifetime(options.max_lifetime)
        .after_connect(move |connection, _| {
            let (session, first_answer) = (session.clone(), first.wait());
            Box::pin(async move {
                let mut begun = Ok(());
                for statement in session.iter() {
                    begun = D::execute_unprepared(connection, statement).await.map(drop);
                    if begun.is_err() {
                        break;
                    }
                }
                first_answer.arrived();
                begun
            })
        });
    let pool = match adjust(pool).connect_with(server.clone()).await {
        Ok(pool) => ServerPool::new(pool, shares).into_pool(freshness, newcomers),
        Err(error) => return Err(store_error(why_not_opened::<D>(error, &newcomers, &server).await)),
    };
    Ok(options.pools(pool.clone(), pool))
}
