//! Why a copy ended.

use sea_orm::sqlx::Error as SqlxError;

use super::compare::Difference;

/// Why a copy ended. No message quotes a URL or a value.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The URL is not one that can be used.
    #[error("the URL cannot be used: {0}")]
    Url(String),
    /// A database could not be opened.
    #[error("the {0} could not be opened")]
    Open(String, #[source] SqlxError),
    /// A statement failed.
    #[error("the {0} failed")]
    Database(String, #[source] SqlxError),
    /// A batch could not be read.
    #[error("rows of {table} could not be read from the {place}")]
    Read {
        /// The database.
        place: String,
        /// The table.
        table: String,
        /// Why.
        #[source]
        source: SqlxError,
    },
    /// A batch could not be written.
    #[error("rows of {table} after the key {after} could not be written to the {place}")]
    Write {
        /// The database.
        place: String,
        /// The table.
        table: String,
        /// The last key before the batch.
        after: String,
        /// Why.
        #[source]
        source: SqlxError,
    },
    /// A value that no server or migration writes: a zero date, text that is no UTF-8, a number in the place of text.
    #[error("column {column} of {table} does not read back in the row {key}: it is corrected by hand first")]
    Damaged {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The key of the row.
        key: String,
    },
    /// Text with a NUL character, which PostgreSQL does not take.
    #[error(
        "a text of {table} in the row {key} has a NUL character, which PostgreSQL does not take: it is corrected by hand first"
    )]
    Nul {
        /// The table.
        table: String,
        /// The key of the row.
        key: String,
    },
    /// A type that no migration of ours uses.
    #[error("the type {written} of {table}.{column} is not known")]
    UnknownType {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The type as the database writes it.
        written: String,
    },
    /// The two schemas differ.
    #[error("the schemas differ: {0}")]
    DifferentSchemas(String),
    /// The source carries the mark of an unfinished copy.
    #[error("the source is itself a copy that is not finished")]
    SourceUnfinished,
    /// The source and the target are one database.
    #[error("the source and the target are the same database")]
    SameDatabase,
    /// The target has rows.
    #[error("the target is not empty: there are rows in {}", .0.join(", "))]
    TargetNotEmpty(Vec<String>),
    /// The target is an unfinished copy of another source.
    #[error(
        "the target is an unfinished copy of another source ({of}): empty it first, as docs/moving-house.md says"
    )]
    AnotherSource {
        /// The other source.
        of: String,
    },
    /// After the copy the two sides differ.
    #[error(
        "the target is not what the source is, and stays marked as unfinished: {}. Was the source written to \
         meanwhile? Stop its server, empty the target and copy anew",
        .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    )]
    Differs(Vec<Difference>),
    /// Somebody asked to stop.
    #[error("stopped on request, between two batches: the same command goes on")]
    Stopped,
}
