//! The connection over which migrations run.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sea_orm_migration::sea_orm::sqlx::ConnectOptions as _;
use sea_orm_migration::sea_orm::sqlx::mysql::MySqlConnectOptions;
use sea_orm_migration::sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm_migration::sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm_migration::sea_orm::{
    ConnectOptions, DatabaseConnection, DbErr, RuntimeErr, SqlxMySqlConnector, SqlxPostgresConnector,
    SqlxSqliteConnector,
};
use vestibule_settings::{
    follow_links, is_database_file, keep_private_file, make_private_file, make_private_folder,
};

use crate::pooler::refuse_shared_sessions;

/// How long a migration waits for the database server, or for a server that is writing to the same SQLite
/// file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// How many prepared statements a connection to MySQL keeps; more than the history has. To forget one is a message
/// without an answer, and the driver's next message is held back until the server has acknowledged that one
/// (RFC 896), which takes 40 milliseconds for each statement.
const STATEMENTS: usize = 4_000;

/// How long a server that was not reached is asked once more, why.
const ANSWER: Duration = Duration::from_secs(2);

/// Opens one connection to the database at `url`. With `mode=rwc` the file of an SQLite database and its folder are
/// made if they do not exist, for their owner only.
///
/// No error and no trace quotes the URL, because it may hold a password.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    match url.split(':').next().unwrap_or_default() {
        "sqlite" => {
            keep_private(url)?;
            let mut options = options(url);
            options.map_sqlx_sqlite_opts(|file| file.busy_timeout(BUSY_TIMEOUT).foreign_keys(true));
            SqlxSqliteConnector::connect(options).await
        }
        "postgres" | "postgresql" => {
            let server = postgres(url)?;
            let mut options = options("postgres://");
            let given = server.clone();
            options.map_sqlx_postgres_opts(move |_| given.clone());
            let connection = told_by(&server, SqlxPostgresConnector::connect(options).await).await?;
            refuse_shared_sessions(&server).await?;
            Ok(connection)
        }
        "mysql" | "mariadb" => {
            let server = MySqlConnectOptions::from_str(url);
            let server = server.map_err(|_quoted| unusable("its URL is not that of a MySQL database"))?;
            let server = server.disable_statement_logging().statement_cache_capacity(STATEMENTS);
            let mut options = options("mysql://");
            let given = server.clone();
            options.map_sqlx_mysql_opts(move |_| given.clone());
            told_by(&server, SqlxMySqlConnector::connect(options).await).await
        }
        _ => Err(unusable("there is no driver for its URL in this build")),
    }
}

/// Whether the database is a file of SQLite that is not there yet, and that [`connect`] would make.
///
/// # Errors
/// As [`connect`], if a restore of the database was cut off.
pub fn is_still_to_be_made(url: &str) -> Result<bool, DbErr> {
    if !url.starts_with("sqlite:") || !url.contains("mode=rwc") || is_in_memory(url) {
        return Ok(false);
    }
    let file = file_of(url)?;
    refuse_cut_off_restore(&file)?;
    // What cannot be looked at is told by the error of `connect`.
    Ok(file.try_exists().is_ok_and(|exists| !exists))
}

fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

/// The file of a SQLite URL.
fn file_of(url: &str) -> Result<PathBuf, DbErr> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| unusable(error.to_string()))?;
    Ok(follow_links(options.get_filename()))
}

/// Replaces an error that says only "timed out" by the server's own answer. The pool retries while connections are
/// refused, so its error does not tell the reason.
async fn told_by<O: sqlx::ConnectOptions>(
    server: &O,
    connected: Result<DatabaseConnection, DbErr>,
) -> Result<DatabaseConnection, DbErr>
where
    O::Connection: Sized,
{
    let Err(error) = connected else {
        return connected;
    };
    match tokio::time::timeout(ANSWER, server.connect()).await {
        Ok(Err(refusal)) => Err(DbErr::Conn(RuntimeErr::SqlxError(refusal.into()))),
        _ => Err(error),
    }
}

/// Fails if a pooler in front of PostgreSQL gives one session to several clients, as `PgBouncer` does in transaction
/// mode; the error names the setting to change. Other databases never fail here.
pub async fn refuse_pooler(url: &str) -> Result<(), DbErr> {
    match url.split(':').next().unwrap_or_default() {
        "postgres" | "postgresql" => refuse_shared_sessions(&postgres(url)?).await,
        _ => Ok(()),
    }
}

fn postgres(url: &str) -> Result<PgConnectOptions, DbErr> {
    let server = PgConnectOptions::from_str(url);
    let server = server.map_err(|_quoted| unusable("its URL is not that of a PostgreSQL database"))?;
    // PgBouncer refuses extra_float_digits, and the schema has no floating-point numbers that need it.
    Ok(server.application_name("vestibule-migration").extra_float_digits(None).disable_statement_logging())
}

fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).acquire_timeout(BUSY_TIMEOUT).sqlx_logging(false);
    options
}

/// Makes the folder and the file, if the URL asks for that, and takes the rights of others away. SQLite gives the
/// files beside the database the same rights.
fn keep_private(url: &str) -> Result<(), DbErr> {
    let file = &file_of(url)?;
    if is_in_memory(url) {
        return Ok(());
    }
    refuse_cut_off_restore(file)?;
    if url.contains("mode=rwc") {
        if let Some(folder) = file.parent() {
            make_private_folder(folder).map_err(|error| {
                unusable(format!("the folder {} cannot be made: {error}", folder.display()))
            })?;
        }
        if let Err(error) = make_private_file(file) {
            return Err(unusable(format!("the file {} cannot be made: {error}", file.display())));
        }
    }
    if !is_database_file(file) {
        return Ok(());
    }
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut beside = file.as_os_str().to_owned();
        beside.push(end);
        note(Path::new(&beside), keep_private_file(Path::new(&beside)));
    }
    Ok(())
}

/// `vestibule restore` leaves a note beside the database until everything has its place (docs/moving-house.md).
fn refuse_cut_off_restore(file: &Path) -> Result<(), DbErr> {
    let mut note = file.as_os_str().to_owned();
    note.push(".restoring");
    if Path::new(&note).exists() {
        return Err(unusable(
            "a `vestibule restore` of the database was cut off, or is under way: run that command again",
        ));
    }
    Ok(())
}

/// Logs that others could read a file.
fn note(file: &Path, tightened: io::Result<bool>) {
    let file = file.display();
    match tightened {
        Ok(false) => {}
        Ok(true) => tracing::warn!("others could read {file}; from now on its owner alone can"),
        Err(error) => tracing::warn!("others may be able to read {file}: {error}"),
    }
}

fn unusable(reason: impl Into<String>) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(reason.into()))
}
