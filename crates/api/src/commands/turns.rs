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
    /// How many batches are under way at once, where they do not depend on each other.
    pub at_once: usize,
}

impl Turns {
    /// SQLite's lock is for the whole database, and a process that waits for it looks at it again every 10 ms, or every
    /// 100 ms where SQLite itself does the waiting. Without a rest that is longer, this one would take the lock again
    /// each time before the other one looks.
    const SQLITE: Self =
        Self { batch: Duration::from_millis(700), rest: Duration::from_millis(125), at_once: 1 };
    /// A server hands each lock to whoever waits for it, and uses a core for each connection.
    const SERVER: Self = Self { batch: Pace::HALF_A_SECOND, rest: Duration::ZERO, at_once: 2 };

    /// Those that suit a database.
    pub fn on(database: &Database) -> Self {
        match database {
            Database::Url(url) if !url.starts_with("sqlite") => Self::SERVER,
            Database::Url(_) | Database::Memory => Self::SQLITE,
        }
    }

    /// Those of an import of movies. MySQL locks the gaps between the names and dates of movies, which two batches have
    /// in common, and gives up one of them.
    pub(crate) fn of_movies_on(database: &Database) -> Self {
        let turns = Self::on(database);
        match database {
            Database::Url(url) if !url.starts_with("postgres") => Self { at_once: 1, ..turns },
            Database::Url(_) | Database::Memory => turns,
        }
    }
}
