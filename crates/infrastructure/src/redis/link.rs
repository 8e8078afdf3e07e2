//! An open connection.

use std::sync::Arc;
use std::time::{Duration, Instant};

use redis::aio::{ConnectionLike as _, MultiplexedConnection};
use redis::cluster_async::ClusterConnection;
use redis::{Cmd, FromRedisValue, from_redis_value};

use super::failure::RedisFailure;
use super::options::Target;

/// An open connection, which all callers share.
#[derive(Clone)]
pub(super) struct Link {
    wire: Wire,
    /// Its number, which differs from those of other connections.
    pub(super) number: u64,
    /// When it was made.
    pub(super) since: Instant,
}

#[derive(Clone)]
enum Wire {
    One(MultiplexedConnection),
    Cluster(ClusterConnection),
}

impl Link {
    /// Connects.
    pub(super) async fn open(
        target: Arc<Target>,
        number: u64,
        patience: Duration,
    ) -> Result<Self, RedisFailure> {
        let connecting = async {
            Ok(match &*target {
                Target::One(target) => {
                    let (client, config) = &**target;
                    Wire::One(client.get_multiplexed_async_connection_with_config(config).await?)
                }
                Target::Cluster(client) => Wire::Cluster(client.get_async_connection().await?),
            })
        };
        let wire = in_time(patience, connecting).await?;
        Ok(Self { wire, number, since: Instant::now() })
    }

    /// Sends a command.
    pub(super) async fn query<T: FromRedisValue>(
        &self,
        command: &Cmd,
        patience: Duration,
    ) -> Result<T, RedisFailure> {
        // A copy is the same connection; answers are matched by their order.
        let mut wire = self.wire.clone();
        let asking = async {
            let value = match &mut wire {
                Wire::One(wire) => wire.req_packed_command(command).await,
                Wire::Cluster(wire) => wire.req_packed_command(command).await,
            }?;
            Ok(from_redis_value(value.extract_error()?).map_err(redis::RedisError::from)?)
        };
        in_time(patience, asking).await
    }
}

/// Limits the time. The client's own limits do not cover everything, such as a name that does not resolve.
async fn in_time<T>(
    patience: Duration,
    doing: impl Future<Output = Result<T, RedisFailure>>,
) -> Result<T, RedisFailure> {
    tokio::time::timeout(patience, doing).await.unwrap_or(Err(RedisFailure::TimedOut))
}
