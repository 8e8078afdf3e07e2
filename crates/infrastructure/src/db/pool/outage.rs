//! Why a pool gave no connection.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::{ConnectOptions, Connection, Database, Error, Pool};
use sea_orm::{DbErr, RuntimeErr};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::super::errors::connecting;
use super::newcomers::Newcomers;

/// How long a server is waited for that is asked why.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long its answer is taken for that to others who wait.
const KEPT: Duration = Duration::from_secs(1);

/// What a server said last to somebody who asked; nothing if it took one more connection. The pool tries again and again
/// while a server refuses connections or has no room for them, and then says only that time is over.
#[derive(Debug, Default)]
pub(super) struct Outage(Mutex<Option<(Instant, Option<String>)>>);

impl Outage {
    /// The error in the place of the pool's "timed out". At the most one connection a second is opened to find out, by a
    /// task that goes on when nobody waits for it any more.
    pub(super) async fn of<D: Database>(self: Arc<Self>, pool: &Pool<D>, newcomers: &Newcomers) -> DbErr {
        let (size, server) = (pool.size(), pool.connect_options());
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
            None => newcomers
                .reason()
                .map_or_else(|| format!("all {size} connections were in use"), |reason| reason.to_string()),
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

/// What the server says to one more connection; nothing if it takes it.
async fn refusal<D: Database>(server: &<D::Connection as Connection>::Options) -> Option<String> {
    let tried = timeout(PATIENCE, async {
        // It is opened to know that it can be.
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
