//! How an import leaves others room.

use std::time::Duration;

use vestibule_settings::Database;

use super::pace::Pace;

/// How an import and others who write take turns.
#[derive(Debug, Clone, Copy)]
pub struct Turns {
    /// How long a batch may take. Others may wait for its end.
    pub batch: Duration,
    /// How long the database is left to others between two batches; the next one is read meanwhile.
    pub rest: Duration,
}

impl Turns {
    /// SQLite's lock is for the whole database, and a process that waits for it looks at it ten times a second at the
    /// least: without a rest this one would take it again each time before a server beside it looks, and after a short
    /// one before it is done.
    const SQLITE: Self = Self { batch: Duration::from_millis(750), rest: Duration::from_millis(250) };
    /// A server hands each lock to whoever waits for it.
    const SERVER: Self = Self { batch: Pace::HALF_A_SECOND, rest: Duration::ZERO };

    /// Those that suit a database.
    pub fn on(database: &Database) -> Self {
        match database {
            Database::Url(url) if !url.starts_with("sqlite") => Self::SERVER,
            Database::Url(_) | Database::Memory => Self::SQLITE,
        }
    }
}
