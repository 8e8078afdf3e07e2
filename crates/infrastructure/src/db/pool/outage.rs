//! Why a pool gave no connection.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::{ConnectOptions, Connection, Database, Error};
use sea_orm::{DbErr, RuntimeErr};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::super::errors::connecting;
use super::driver::Driver;
use super::newcomers::Newcomers;
use super::server_pool::ServerPool;

/// How long the server is waited for when it is asked for the reason.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long its answer is used for other callers that wait.
const KEPT: Duration = Duration::from_secs(1);

/// The server's last answer to the question why there is no connection; `None` if it accepted one more. The pool
/// itself retries while a server refuses connections or has no room for them, and then reports only that the time is
/// over.
#[derive(Debug, Default)]
pub(super) struct Outage(Mutex<Option<(Instant, Option<String>)>>);

impl Outage {
    /// The error that replaces the pool's "timed out". To find the reason, at most one connection a second is opened,
    /// by a task that continues when its caller is dropped.
    pub(super) async fn of<D: Driver>(self: Arc<Self>, pool: &ServerPool<D>, newcomers: &Newcomers) -> DbErr {
        let (all_in_use, server) = (pool.all_in_use(), pool.shared().connect_options());
        let asked = tokio::spawn(async move {
            let mut last = self.0.lock().await;
            match &*last {
                Some((asked, refusal)) if asked.elapsed() < KEPT => refusal.clone(),
                _ => {
                    let refusal = refusal::<D>(&server).await;
                    *last = Some((Instant::now(), refusal.clone()));
                    refusal
                }
            }
        });
        no_connection(match asked.await.unwrap_or_default() {
            Some(refusal) => refusal,
            None => newcomers.reason().map_or(all_in_use, |reason| reason.to_string()),
        })
    }
}

/// The error of a pool that could not be opened in time.
pub(in super::super) async fn why_not_opened<D: Database>(
    error: Error,
    newcomers: &Newcomers,
    server: &<D::Connection as Connection>::Options,
) -> DbErr {
    if !matches!(error, Error::PoolTimedOut) {
        return connecting(error);
    }
    match (refusal::<D>(server).await, newcomers.reason()) {
        (Some(refusal), _) => no_connection(refusal),
        (None, Some(reason)) => no_connection(reason.to_string()),
        (None, None) => connecting(error),
    }
}

fn no_connection(why: String) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(why))
}

/// The server's answer to one more connection; `None` if it accepts it.
async fn refusal<D: Database>(server: &<D::Connection as Connection>::Options) -> Option<String> {
    let tried = timeout(PATIENCE, async {
        // The connection is opened only to see whether it can be.
        let connection: D::Connection = server.connect().await?;
        let _ = connection.close().await;
        Ok::<_, Error>(())
    });
    match tried.await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_silent) => Some("the database server does not answer".to_owned()),
    }
}
