//! `[database]`: where everything is kept.

mod kinds;
mod location;
mod parameters;
mod server;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use crate::expect::{duration_from, duration_to, flag, number};
use crate::reader::Reader;
use crate::redacted_url::RedactedUrl;
use crate::sheet::Sheet;

/// The longest wait for a connection. Databases count it in milliseconds, of which PostgreSQL and SQLite take 24 days.
const LONGEST_PATIENCE: Duration = Duration::from_hours(24);

/// The shortest life of a connection. Opening one costs more than a statement.
const SHORTEST_LIFETIME: Duration = Duration::from_secs(10);

/// Where everything is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// In the process, gone when it stops.
    Memory,
    /// The address of a database, with its password if it has one.
    Url(String),
}

impl Database {
    /// Whether it is a database server, which several of our servers can share.
    pub(crate) fn is_server(&self) -> bool {
        matches!(self, Self::Url(url) if !url.starts_with("sqlite:"))
    }
}

impl fmt::Display for Database {
    /// The value of `database.url` without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Url(url) => RedactedUrl::new(url).fmt(f),
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `[database]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseSettings {
    /// Where everything is kept.
    pub location: Database,
    /// Connections that are open at most, 1 to 10000.
    pub max_connections: u32,
    /// How long a request waits for a free connection.
    pub acquire_timeout: Duration,
    /// After how long a connection to a database server is replaced.
    pub max_lifetime: Duration,
    /// Whether the server brings the schema up to date when it starts.
    pub migrate_on_start: bool,
}

impl DatabaseSettings {
    pub(crate) fn read(reader: &mut Reader, data_folder: &Path) -> Self {
        let mut section = reader.section("database");
        Self {
            location: location::read(&mut section, data_folder),
            max_connections: section.required("max_connections", number(1..=10_000)),
            acquire_timeout: section.required("acquire_timeout", duration_to(LONGEST_PATIENCE)),
            max_lifetime: section.required("max_lifetime", duration_from(SHORTEST_LIFETIME)),
            migrate_on_start: section.required("migrate_on_start", flag),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("database");
        sheet.text("url", self.location.to_string());
        sheet.number("max_connections", self.max_connections);
        sheet.duration("acquire_timeout", self.acquire_timeout);
        sheet.duration("max_lifetime", self.max_lifetime);
        sheet.flag("migrate_on_start", self.migrate_on_start);
    }
}
