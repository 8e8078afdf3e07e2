//! Connecting to the store, and its schema.

use std::sync::Arc;

use anyhow::Context as _;
use migration::DbBackend;
use vestibule_domain::store::Store;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
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

/// The store, and what has to be closed at the end.
pub(super) struct ConnectedStore {
    pub store: Arc<dyn Store>,
    pub database: Option<SeaStore>,
}

pub(super) async fn connect(settings: &DatabaseSettings, purpose: Purpose) -> anyhow::Result<ConnectedStore> {
    let url = match &settings.location {
        Database::Memory => {
            return Ok(ConnectedStore { store: Arc::new(MemoryStore::new()), database: None });
        }
        Database::Url(url) => url,
    };
    let database = SeaStore::connect(&DatabaseOptions {
        url: url.clone(),
        max_connections: settings.max_connections,
        acquire_timeout: settings.acquire_timeout,
        max_lifetime: settings.max_lifetime,
        bulk: purpose == Purpose::Import,
    })
    .await
    .with_context(|| format!("the database {} could not be opened", settings.location))?;
    bring_up_to_date(&database, url, settings.migrate_on_start).await?;
    Ok(ConnectedStore { store: Arc::new(database.clone()), database: Some(database) })
}

async fn bring_up_to_date(database: &SeaStore, url: &str, migrate: bool) -> anyhow::Result<()> {
    let connection = database.connection();
    let pending = migration::pending(connection).await.context("the schema could not be read")?;
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

/// Migrates by a connection that has no limits to its statements.
async fn up_apart(url: &str) -> Result<(), migration::DbErr> {
    let apart = migration::connect::connect(url).await?;
    let done = migration::up(&apart).await;
    done.and(apart.close().await)
}
