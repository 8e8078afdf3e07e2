//! Poolers in front of PostgreSQL that give one session to several clients.

use std::time::Duration;

use sea_orm_migration::sea_orm::DbErr;
use sea_orm_migration::sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm_migration::sea_orm::sqlx::{self, ConnectOptions as _, Connection as _, Row as _, raw_sql};
use tokio::time::timeout;

/// How long the database may take. Behind a pool with one session, the second connection would wait for ever.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often the session of a connection is read while other connections keep theirs.
const LOOKS: usize = 5;

/// How many more connections keep a session, beyond the first that does.
const MORE: usize = 4;

/// How long each of those may take. A pooler whose sessions are all in use lets it wait.
const AT_ONCE: Duration = Duration::from_millis(500);

/// Names the session that answers: the number of its process, and when the process began.
const SESSION: &str =
    "SELECT concat(pid, ' ', backend_start) FROM pg_stat_activity WHERE pid = pg_backend_pid()";

const REFUSAL: &str = "there is a pooler before the database that moves a connection from one session to another, as \
                       PgBouncer does in transaction and statement mode; prepared statements and settings would be \
                       lost. Set pool_mode = session, for the database and the user too";

/// Fails if a connection has no session of its own. Changes nothing. A database that does not answer is not an error
/// here, because the following steps report it.
pub(crate) async fn refuse_shared_sessions(server: &PgConnectOptions) -> Result<(), DbErr> {
    match timeout(PATIENCE, are_shared(server)).await {
        Ok(Ok(false)) => Ok(()),
        Ok(Ok(true)) => Err(DbErr::Custom(REFUSAL.to_owned())),
        Ok(Err(error)) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "whether a connection to the database has a session of its own is not known"
            );
            Ok(())
        }
        Err(_elapsed) => {
            tracing::warn!(
                "the database does not answer on two connections at once; if PgBouncer stands in between, its \
                 default_pool_size is too small"
            );
            Ok(())
        }
    }
}

/// Whether connections share sessions.
///
/// While other connections are in transactions, the session of one connection is read repeatedly. Without a pooler it
/// stays the same. An idle pooler gives each next connection a session that was used before, in the end that of the
/// first. A busy pooler gives the first connection another session sooner or later. So an idle pooler is recognised
/// for certain, and a busy one very likely.
async fn are_shared(server: &PgConnectOptions) -> Result<bool, sqlx::Error> {
    // The following steps report a database that cannot be reached.
    let Ok(mut one) = server.connect().await else {
        return Ok(false);
    };
    let first = session(&mut one).await?;
    let mut other = server.connect().await?;
    let kept = match begin(&mut other).await {
        Err(error) if is_no_transaction(&error) => return Ok(true),
        kept => kept?,
    };
    let mut is_shared = kept == first;
    let mut others = vec![other];
    for _ in 0..=MORE {
        for _ in 0..LOOKS {
            is_shared = is_shared || session(&mut one).await? != first;
        }
        if is_shared {
            break;
        }
        // A connection that cannot be opened tells nothing.
        let Ok(Ok((other, kept))) = timeout(AT_ONCE, in_transaction(server)).await else {
            break;
        };
        is_shared = kept == first;
        others.push(other);
    }
    for mut other in others {
        raw_sql("ROLLBACK").execute(&mut other).await?;
        other.close().await?;
    }
    one.close().await?;
    Ok(is_shared)
}

/// Opens one more connection in a transaction, and answers its session.
async fn in_transaction(server: &PgConnectOptions) -> Result<(PgConnection, String), sqlx::Error> {
    let mut connection = server.connect().await?;
    let session = begin(&mut connection).await?;
    Ok((connection, session))
}

/// Begins a transaction, in which a connection keeps its session behind any pooler that supports transactions.
async fn begin(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    raw_sql("BEGIN").execute(&mut *connection).await?;
    session(connection).await
}

async fn session(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    // This is not a prepared statement, because a pooler may lose those.
    raw_sql(SESSION).fetch_one(connection).await?.try_get(0)
}

/// Whether this is `PgBouncer`'s refusal of transactions in statement mode.
fn is_no_transaction(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().contains("statement pooling mode"))
}
