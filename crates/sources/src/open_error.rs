//! Why a source cannot be read at all.

/// Why [`open`](crate::open) refused. The sentence is for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no map of this name.
    #[error("there is no source called `{0}`; the sources are {names}", names = crate::names().join(", "))]
    UnknownName(String),
    /// The map cannot be used.
    #[error("the map {map}: {reason}")]
    Map {
        /// Its name or file.
        map: String,
        /// What is wrong.
        reason: String,
    },
    /// An option that the source needs is missing, or one was given that it does not know.
    #[error("{0}")]
    Option(String),
    /// A file cannot be read, or is not what it should be.
    #[error("{file}: {reason}")]
    File {
        /// Its name.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The database cannot be read.
    #[error("the database: {0}")]
    Database(String),
    /// A table or column that the map names is not there.
    #[error("{0}")]
    Missing(String),
}

impl OpenError {
    /// A file that cannot be read.
    pub(crate) fn file(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::File { file: file.into(), reason: reason.into() }
    }

    /// A map that cannot be used.
    pub(crate) fn map(map: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Map { map: map.into(), reason: reason.into() }
    }
}
