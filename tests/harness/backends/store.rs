//! Stores.

use std::sync::Arc;
use std::time::Duration;

use vestibule_domain::store::Store;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_infrastructure::faulty::FaultyStore;
use vestibule_infrastructure::memory::MemoryStore;

use super::Backend;
use crate::{OwnDatabase, Server};

/// The store in this process.
pub async fn memory() -> Backend<Arc<dyn Store>> {
    Backend::alone(Arc::new(MemoryStore::new()))
}

/// The fault-injecting store without a planned fault, so that it only forwards.
pub async fn faulty() -> Backend<Arc<dyn Store>> {
    Backend::alone(Arc::new(FaultyStore::new(Arc::new(MemoryStore::new()))))
}

/// `SQLite`, in a file of its own, with the schema that our migrations make.
pub async fn sqlite() -> Backend<Arc<dyn Store>> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("vestibule.db").display());
    let store = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    Backend::on(Arc::new(store), folder)
}

/// `PostgreSQL`, in a database of its own.
pub async fn postgres() -> Backend<Arc<dyn Store>> {
    on(Server::Postgres).await
}

/// `MariaDB`, in a database of its own.
pub async fn mariadb() -> Backend<Arc<dyn Store>> {
    on(Server::MariaDb).await
}

async fn on(server: Server) -> Backend<Arc<dyn Store>> {
    let database = OwnDatabase::migrated(server).await;
    // Few connections, because many tests run at once and servers have a limit; and long timeouts, because they wait
    // for each other.
    let options = DatabaseOptions {
        max_connections: 4,
        acquire_timeout: Duration::from_secs(30),
        ..DatabaseOptions::new(&database.url)
    };
    let store = SeaStore::connect(&options).await.unwrap();
    Backend::on(Arc::new(store), database)
}
