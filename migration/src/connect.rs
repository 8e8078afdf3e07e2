//! A connection for migrations.

use std::str::FromStr;
use std::time::Duration;

use sea_orm_migration::sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm_migration::sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr, SqlxSqliteConnector,
};
use vestibule_settings::make_private_folder;

/// How long a migration waits for a server that is writing to the same SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Opens one connection to the database at `url`. With `mode=rwc` the file of an SQLite database and
/// its folder are made if need be, the folder for its owner only.
///
/// No error quotes the URL, since there may be a password in it.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|file| file.busy_timeout(BUSY_TIMEOUT).foreign_keys(true));
    if url.starts_with("sqlite:") {
        if url.contains("mode=rwc") {
            make_folder(url)?;
        }
        return SqlxSqliteConnector::connect(options).await;
    }
    Database::connect(options).await.map_err(|error| match error {
        // sea-orm's own words about a URL quote it.
        DbErr::Conn(RuntimeErr::Internal(_)) => unusable("there is no driver for its URL in this build"),
        error => error,
    })
}

fn make_folder(url: &str) -> Result<(), DbErr> {
    let file = SqliteConnectOptions::from_str(url).map_err(|error| unusable(error.to_string()))?;
    let Some(folder) = file.get_filename().parent() else {
        return Ok(());
    };
    make_private_folder(folder)
        .map_err(|error| unusable(format!("the folder {} cannot be made: {error}", folder.display())))
}

fn unusable(reason: impl Into<String>) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(reason.into()))
}
