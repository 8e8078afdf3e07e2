//! What is to be read.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// A source of accounts: which system, where its data is, and what cannot be found in the data.
#[derive(Clone)]
pub struct Source {
    /// Whose form the data has.
    pub system: System,
    /// Where the data is.
    pub origin: Origin,
    /// What the operator tells besides, by the map's own names: salts, keys, a time zone.
    pub options: BTreeMap<String, String>,
}

/// Whose form the data has.
#[derive(Debug, Clone)]
pub enum System {
    /// A map that is shipped, by its name; see [`names`](crate::names).
    Named(String),
    /// A map in a file of the operator's.
    Mapped(PathBuf),
}

/// Where the data is.
#[derive(Clone)]
pub enum Origin {
    /// Files and folders.
    Files(Vec<PathBuf>),
    /// The URL of a database: `sqlite:FILE`, `postgres://…`, `mysql://…`.
    Database(String),
}

/// Options are salts and keys, so their names alone are shown.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("system", &self.system)
            .field("origin", &self.origin)
            .field("options", &self.options.keys())
            .finish()
    }
}

/// A URL has a password in it, so it is not shown.
impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(files) => f.debug_tuple("Files").field(files).finish(),
            Self::Database(_) => f.write_str("Database"),
        }
    }
}
