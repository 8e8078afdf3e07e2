//! Why a pool gave no connection.

use std::time::Duration;

use sea_orm::sqlx::{ConnectOptions, Connection as _, Database, Error, Pool};
use sea_orm::{DbErr, RuntimeErr};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::super::errors::connecting;
use super::newcomers::Newcomers;

/// How long a server is waited for that is asked why.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long its answer is taken for that to others who wait.
const KEPT: Duration = Duration::from_secs(1);

/// What a server said last to somebody who asked. The pool tries again and again while a server refuses
/// connections or has no room for them, and then says only that time is over.
#[derive(Debug, Default)]
pub(super) struct Outage(Mutex<Option<(Instant, String)>>);

impl Outage {
    /// The error in the place of the pool's "timed out". At the most one connection a second is opened to find out.
    pub(super) async fn of<D: Database>(&self, pool: &Pool<D>) -> DbErr {
        let mut last = self.0.lock().await;
        if let Some((_, why)) = last.as_ref().filter(|(asked, _)| asked.elapsed() < KEPT) {
            return no_connection(why.clone());
        }
        let refusal = refusal::<D>(&*pool.connect_options()).await;
        let why = refusal.unwrap_or_else(|| format!("all {} connections were in use", pool.size()));
        *last = Some((Instant::now(), why.clone()));
        no_connection(why)
    }
}

/// The error of a pool that could not be opened in time.
pub(in super::super) async fn why_not_opened<D: Database>(
    error: Error,
    newcomers: &Newcomers,
    server: &<D::Connection as sea_orm::sqlx::Connection>::Options,
) -> DbErr {
    if !matches!(error, Error::PoolTimedOut) {
        return connecting(error);
    }
    match newcomers.reason() {
        Some(reason) => no_connection(reason.to_string()),
        None => refusal::<D>(server).await.map_or_else(|| connecting(error), no_connection),
    }
}

fn no_connection(why: String) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(why))
}

/// What the server says to one more connection; nothing if it takes it.
async fn refusal<D: Database>(
    server: &<D::Connection as sea_orm::sqlx::Connection>::Options,
) -> Option<String> {
    match timeout(PATIENCE, server.connect()).await {
        Ok(Ok(connection)) => {
            // It was opened to know that it can be.
            let _ = connection.close_hard().await;
            None
        }
        Ok(Err(error)) => Some(error.to_string()),
        Err(_silent) => Some("the database server does not answer".to_owned()),
    }
}
