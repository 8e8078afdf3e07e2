//! Connecting to the store, and its schema.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use migration::DbBackend;
use vestibule_domain::store::Store;
use vestibule_infrastructure::backup::{is_cut_off_restore, sqlite_file};
use vestibule_infrastructure::db::copy::is_unfinished_copy;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore, Writes};
use vestibule_infrastructure::memory::MemoryStore;
use vestibule_settings::{Database, DatabaseSettings};

use super::Purpose;

/// The schema is not what this server needs.
#[derive(Debug, thiserror::Error)]
#[error(
    "the database lacks {count} migration(s): {names}; run `migration up`, or set \
     database.migrate_on_start = true"
)]
pub struct DatabaseError {
    count: usize,
    names: String,
}

/// The store, and the connections that have to be closed at the end.
pub(super) struct ConnectedStore {
    pub store: Arc<dyn Store>,
    pub database: Option<SeaStore>,
}

/// `threads` answer requests.
pub(super) async fn connect(
    settings: &DatabaseSettings,
    threads: usize,
    purpose: Purpose,
) -> anyhow::Result<ConnectedStore> {
    let url = match &settings.location {
        Database::Memory => {
            return Ok(ConnectedStore { store: Arc::new(MemoryStore::new()), database: None });
        }
        Database::Url(url) => url,
    };
    let cannot_open = || format!("the database {} could not be opened", settings.location);
    // First: what the store sets for its sessions would stay on those that others share.
    migration::connect::refuse_pooler(url).await.with_context(cannot_open)?;
    let database = SeaStore::connect(&DatabaseOptions {
        url: url.clone(),
        max_connections: settings.max_connections,
        threads: u32::try_from(threads).context("there are too many threads")?,
        acquire_timeout: settings.acquire_timeout,
        max_lifetime: settings.max_lifetime,
        writes: match purpose {
            Purpose::Serve | Purpose::Command | Purpose::Add => Writes::OfRequests,
            Purpose::ImportAccounts => Writes::Accounts,
            Purpose::ImportMovies => Writes::Movies,
        },
    })
    .await
    .with_context(cannot_open)?;
    refuse_unfinished(&database).await.with_context(cannot_open)?;
    bring_up_to_date(&database, url, settings.migrate_on_start).await?;
    if purpose == Purpose::Serve {
        warn_of_few_sessions(&database, settings.max_connections).await;
    }
    Ok(ConnectedStore { store: Arc::new(database.clone()), database: Some(database) })
}

/// Whether the database is a SQLite file that is not there yet, and no restore is about to put it there.
pub(crate) fn is_still_to_be_made(database: &Database) -> bool {
    let Database::Url(url) = database else { return false };
    sqlite_file(url)
        .is_some_and(|file| !is_cut_off_restore(&file) && file.try_exists().is_ok_and(|exists| !exists))
}

/// Refuses a database that this process may not open, before it makes any file.
pub(super) fn refuse_file(settings: &DatabaseSettings, purpose: Purpose) -> anyhow::Result<()> {
    if let Database::Url(url) = &settings.location {
        refuse_cut_off_restore(url)?;
    }
    if purpose == Purpose::Command && is_still_to_be_made(&settings.location) {
        // A file without accounts would be in the way of a restore.
        bail!("there is no database {} yet", settings.location);
    }
    Ok(())
}

/// Before the database is opened, which would make the file.
pub(super) fn refuse_cut_off_restore(url: &str) -> anyhow::Result<()> {
    if sqlite_file(url).is_some_and(|file| is_cut_off_restore(&file)) {
        bail!(
            "a `vestibule restore` of the database was cut off, or is under way: run the same command again \
             (docs/moving-house.md)"
        );
    }
    Ok(())
}

/// A half copy would look like a database from which accounts were removed.
async fn refuse_unfinished(database: &SeaStore) -> anyhow::Result<()> {
    if is_unfinished_copy(database.connection()).await.context("the schema could not be read")? {
        bail!(
            "it is the target of a `vestibule copy` that was not finished: run the same command again, or empty it as \
             docs/moving-house.md says"
        );
    }
    Ok(())
}

/// Warns where the database server, or a pooler in front of it, gives fewer sessions than the settings ask for. The
/// server starts all the same, because another process may be about to end.
async fn warn_of_few_sessions(database: &SeaStore, wanted: u32) {
    if let Some(given) = database.count_sessions(wanted).await
        && given < wanted
    {
        tracing::warn!(
            "the database gives {given} of the {wanted} sessions that database.max_connections allows; requests that \
             wait for more are answered with 503. Raise the limit of the server or the pool of the pooler \
             (default_pool_size of PgBouncer), or lower database.max_connections"
        );
    }
}

async fn bring_up_to_date(database: &SeaStore, url: &str, migrate: bool) -> anyhow::Result<()> {
    let connection = database.connection();
    let history = migration::status(connection).await.context("the schema could not be read")?;
    let newer = migration::newer(&history);
    if !newer.is_empty() {
        tracing::warn!(
            migrations = newer.join(", "),
            "a newer release migrated the database, and this one can run beside that"
        );
    }
    let pending: Vec<String> =
        history.into_iter().filter(|step| !step.is_applied()).map(|step| step.name).collect();
    if pending.is_empty() {
        return Ok(());
    }
    if !migrate {
        return Err(DatabaseError { count: pending.len(), names: pending.join(", ") }.into());
    }
    tracing::info!(migrations = pending.len(), "bringing the schema up to date");
    if connection.get_database_backend() == DbBackend::Sqlite {
        // It may be in memory, and then there is no other.
        migration::up(connection).await
    } else {
        // Changes of the schema may take longer than a request, and wait for another node that makes them.
        up_apart(url).await
    }
    .context("the schema could not be brought up to date")
}

/// Migrates on a connection without time limits for statements.
async fn up_apart(url: &str) -> Result<(), migration::DbErr> {
    let apart = migration::connect::connect(url).await?;
    let done = migration::up(&apart).await;
    done.and(apart.close().await)
}
