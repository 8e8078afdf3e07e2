//! The databases of a copy.

use std::fmt;
use std::str::FromStr as _;
use std::time::Duration;

use sea_orm::sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, Connection as _, raw_sql};

use super::error::CopyError;
use super::side::{self, Side};
use crate::db::sqlite_file::{is_in_memory, sqlite_options};
use crate::private_file;

/// How long a lock is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A database that is copied from or to.
#[derive(Clone)]
pub struct CopyPlace {
    options: Options,
    /// How it is called in messages: its kind and where it is, without user and password.
    shown: String,
}

#[derive(Clone)]
enum Options {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
    MySql(Box<MySqlConnectOptions>),
}

impl CopyPlace {
    /// The database at a URL, in the form of [`DatabaseOptions::url`](crate::db::DatabaseOptions::url). A SQLite file
    /// is never made here.
    ///
    /// # Errors
    /// If the URL is none, or names a database in memory. The error does not quote it.
    pub fn parse(url: &str) -> Result<Self, CopyError> {
        let unusable = |what: &str| CopyError::Url(format!("it is not that of {what}"));
        let scheme = url.split(':').next().unwrap_or_default();
        let (options, shown) = match scheme {
            "sqlite" => {
                let file = sqlite_options(url).map_err(|_quoted| unusable("a SQLite file"))?;
                if is_in_memory(url) {
                    return Err(CopyError::Url("a database in memory ends with its process".to_owned()));
                }
                let path = file.get_filename();
                let path = std::path::absolute(path).unwrap_or_else(|_unknown| path.to_owned());
                let shown = format!("SQLite file {}", path.display());
                let file = file.create_if_missing(false).disable_statement_logging();
                (Options::Sqlite(Box::new(file)), shown)
            }
            "postgres" | "postgresql" => {
                let server =
                    PgConnectOptions::from_str(url).map_err(|_quoted| unusable("a PostgreSQL database"))?;
                let name = server.get_database().unwrap_or_default();
                let shown =
                    format!("PostgreSQL database {name} at {}:{}", server.get_host(), server.get_port());
                let server = server.application_name("vestibule-copy").extra_float_digits(None);
                (Options::Postgres(Box::new(server.disable_statement_logging())), shown)
            }
            "mysql" | "mariadb" => {
                let server =
                    MySqlConnectOptions::from_str(url).map_err(|_quoted| unusable("a MySQL database"))?;
                let name = server.get_database().unwrap_or_default();
                let shown = format!("MySQL database {name} at {}:{}", server.get_host(), server.get_port());
                (Options::MySql(Box::new(server.disable_statement_logging())), shown)
            }
            _ => return Err(CopyError::Url("there is no driver for it in this build".to_owned())),
        };
        Ok(Self { options, shown })
    }

    /// Whether the database is a file, and there is none.
    pub fn is_missing_file(&self) -> bool {
        match &self.options {
            Options::Sqlite(file) => !file.get_filename().exists(),
            Options::Postgres(_) | Options::MySql(_) => false,
        }
    }

    /// Opens one connection.
    pub(super) async fn open(&self, writes: bool) -> Result<Box<dyn Side>, CopyError> {
        let failed = |error| CopyError::Open(self.shown.clone(), error);
        match &self.options {
            Options::Sqlite(file) => {
                let path = file.get_filename();
                if private_file::is_database(path) {
                    private_file::tighten(path);
                }
                let mut options = (**file).clone().busy_timeout(PATIENCE).foreign_keys(true);
                if writes {
                    options = options
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Normal)
                        .pragma("cache_size", "-131072")
                        .pragma("temp_store", "MEMORY");
                } else {
                    options = options.pragma("query_only", "ON").row_buffer_size(1024);
                }
                let connection = SqliteConnection::connect_with(&options).await.map_err(failed)?;
                Ok(Box::new(side::Sqlite { connection, place: self.shown.clone() }))
            }
            Options::Postgres(server) => {
                let mut connection = PgConnection::connect_with(server).await.map_err(failed)?;
                raw_sql(POSTGRES).execute(&mut connection).await.map_err(failed)?;
                Ok(Box::new(side::Postgres { connection, place: self.shown.clone() }))
            }
            Options::MySql(server) => {
                let mut connection = MySqlConnection::connect_with(server).await.map_err(failed)?;
                raw_sql(MYSQL).execute(&mut connection).await.map_err(failed)?;
                Ok(Box::new(side::MySql { connection, place: self.shown.clone() }))
            }
        }
    }
}

/// A copy takes as long as it takes, and nobody waits for its locks.
const POSTGRES: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; \
                        SET lock_timeout = '30s'";

/// A value that does not fit is refused and never changed. MySQL would tell ids from its memory, a day old; MariaDB
/// does not read the comment.
const MYSQL: &str = "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,\
                     ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT,NO_AUTO_VALUE_ON_ZERO', \
                     wait_timeout = 28800, net_write_timeout = 3600 \
                     /*!80000 , information_schema_stats_expiry = 0 */";

/// Where it is; never a user or a password.
impl fmt::Display for CopyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for CopyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_users_nor_passwords_are_shown() {
        for url in ["postgres://ada:hunter2@h:1/db?sslpassword=hunter2", "mysql://ada:hunter2@h:1/db"] {
            let place = CopyPlace::parse(url).unwrap();
            let shown = format!("{place} {place:?}");
            assert!(shown.contains("db at h:1") && !shown.contains("hunter2"), "{shown}");
        }
    }

    #[test]
    fn an_error_does_not_quote_the_url() {
        for url in ["postgres://ada:hunter2@h:port/db", "oracle://ada:hunter2@h/db", "hunter2"] {
            let told = CopyPlace::parse(url).unwrap_err().to_string();
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
