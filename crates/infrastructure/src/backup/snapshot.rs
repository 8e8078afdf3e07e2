//! The state of a SQLite file at one moment, beside those who write to it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{ConnectOptions as _, Connection as _, Row as _, query};
use vestibule_domain::media::ObjectKey;

use super::durable;
use super::error::{BackupError, at};
use crate::db::sqlite_file::{is_in_memory, sqlite_options};
use crate::db::{PICTURE_COLUMNS, copy};

/// How long a process that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The file of a SQLite URL. `None` if it is of another database, or of one in memory.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || is_in_memory(url) {
        return None;
    }
    let options = sqlite_options(url).ok()?;
    Some(options.get_filename().to_owned())
}

/// What a snapshot tells of itself.
pub(super) struct Snapshot {
    /// The last migration.
    pub(super) schema: String,
    /// The pictures that rows name.
    pub(super) pictures: HashSet<ObjectKey>,
}

async fn open(file: &Path) -> Result<SqliteConnection, BackupError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .busy_timeout(PATIENCE)
        .disable_statement_logging();
    SqliteConnection::connect_with(&options).await.map_err(BackupError::Database)
}

/// Writes the state of `file` as it is now to `to`, which is made for its owner only.
pub(super) async fn take(file: &Path, to: &Path) -> Result<Snapshot, BackupError> {
    durable::remove_database(to).map_err(at(to))?;
    // SQLite fills an empty file, and would make a new one readable for everybody.
    durable::create(to).map_err(at(to))?;
    let mut connection = open(file).await?;
    let name = to.to_string_lossy().into_owned();
    let taken = query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
    let closed = connection.close().await;
    taken.map(drop).and(closed).map_err(BackupError::Database)?;
    check(to).await
}

/// Whether a file is a whole database of ours.
pub(super) async fn check(file: &Path) -> Result<Snapshot, BackupError> {
    let mut connection = open(file).await?;
    let read = look(&mut connection).await;
    let closed = connection.close().await.map_err(BackupError::Database);
    read.and_then(|snapshot| closed.map(|()| snapshot))
}

async fn look(connection: &mut SqliteConnection) -> Result<Snapshot, BackupError> {
    let failed = BackupError::Database;
    let found = query("PRAGMA integrity_check").fetch_all(&mut *connection).await.map_err(failed)?;
    let found: Vec<String> = found.iter().filter_map(|row| row.try_get(0).ok()).collect();
    if found != ["ok"] {
        return Err(BackupError::DamagedDatabase(found.into_iter().take(3).collect::<Vec<_>>().join("; ")));
    }
    let broken = query("PRAGMA foreign_key_check").fetch_optional(&mut *connection).await.map_err(failed)?;
    if broken.is_some() {
        return Err(BackupError::DamagedDatabase("rows refer to rows that are not there".to_owned()));
    }
    let tables = query("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(&mut *connection);
    let tables = tables.await.map_err(failed)?;
    let tables: Vec<String> = tables.iter().filter_map(|row| row.try_get(0).ok()).collect();
    if !tables.iter().any(|table| table == "seaql_migrations") {
        return Err(BackupError::NoDatabase("the file is not a database of Vestibule"));
    }
    if tables.iter().any(|table| table == copy::MARK) {
        return Err(BackupError::NoDatabase("the database is a copy that is not finished"));
    }
    let schema = "SELECT max(version) FROM seaql_migrations";
    let schema = query(schema).fetch_one(&mut *connection).await.map_err(failed)?;
    let schema: Option<String> = schema.try_get(0).map_err(failed)?;
    let mut pictures = HashSet::new();
    for (table, column) in PICTURE_COLUMNS {
        if !tables.iter().any(|known| known == table) {
            continue;
        }
        let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
        let rows = query(sea_orm::sqlx::AssertSqlSafe(sql)).fetch_all(&mut *connection).await;
        for row in rows.map_err(failed)? {
            let key: String = row.try_get(0).map_err(failed)?;
            pictures.extend(ObjectKey::parse(&key));
        }
    }
    Ok(Snapshot { schema: schema.unwrap_or_default(), pictures })
}
