//! Databases without a table.

use migration::{DatabaseConnection, connect};

use super::Backend;
use crate::{OwnDatabase, Server};

/// The URL of a database, for connections such as the migrations open.
#[derive(Clone)]
pub struct EmptyDatabase(String);

impl EmptyDatabase {
    /// The URL, with the password.
    pub fn url(&self) -> &str {
        &self.0
    }

    /// Opens a connection as the migrations do.
    pub async fn connect(&self) -> DatabaseConnection {
        connect::connect(&self.0).await.unwrap()
    }
}

/// `SQLite`, in a file of its own.
pub async fn sqlite() -> Backend<EmptyDatabase> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("vestibule.db").display());
    Backend::on(EmptyDatabase(url), folder)
}

/// `PostgreSQL`.
pub async fn postgres() -> Backend<EmptyDatabase> {
    on(Server::Postgres).await
}

/// `MariaDB`.
pub async fn mariadb() -> Backend<EmptyDatabase> {
    on(Server::MariaDb).await
}

async fn on(server: Server) -> Backend<EmptyDatabase> {
    let database = OwnDatabase::empty(server).await;
    Backend::on(EmptyDatabase(database.url.clone()), database)
}
