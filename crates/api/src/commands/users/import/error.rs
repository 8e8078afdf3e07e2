//! Why an import did not succeed.

use std::io;

use vestibule_application::accounts::{ImportAccountsError, KeepImportKeysError};

/// Why accounts were not imported, or not all.
#[derive(Debug, thiserror::Error)]
pub enum AccountImportError {
    /// The source cannot be read.
    #[error("the file cannot be read{}", behind(*added))]
    Source {
        /// Accounts added before.
        added: u64,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// There is no room for what the check notes.
    #[error("the check could not note the rows in a temporary file")]
    Notes(#[source] io::Error),
    /// Rows are bad, and nothing was written.
    #[error("{bad} of {rows} rows are bad; nothing was imported. Without them: --skip-bad")]
    BadRows {
        /// Rows of the source.
        rows: u64,
        /// Bad ones.
        bad: u64,
    },
    /// Nothing was left to import.
    #[error("all {rows} rows are bad; nothing was imported")]
    NothingGood {
        /// Rows of the source.
        rows: u64,
    },
    /// It was good at first.
    #[error("the file changed while it was imported; {added} accounts were added")]
    Changed {
        /// Accounts added before.
        added: u64,
    },
    /// Somebody took identifiers between the check and the import.
    #[error(
        "{refused} rows were not added, because their identifiers were taken while the import ran; {added} accounts \
         were added"
    )]
    Overtaken {
        /// Rows that were not added.
        refused: u64,
        /// Accounts that were.
        added: u64,
    },
    /// On request.
    #[error("stopped after {added} accounts were added; the same command once more completes the import")]
    Stopped {
        /// Accounts added before.
        added: u64,
    },
    /// The store did not take them.
    #[error(
        "the import broke off after {added} accounts were added; the same command once more completes it"
    )]
    Accounts {
        /// Accounts added before.
        added: u64,
        /// Why.
        #[source]
        cause: ImportAccountsError,
    },
    /// The keys that hashes need could not be kept.
    #[error("the keys of the other system were not kept; {added} accounts were added")]
    Keys {
        /// Accounts added before.
        added: u64,
        /// Why.
        #[source]
        cause: KeepImportKeysError,
    },
}

/// What was done before it went wrong.
fn behind(added: u64) -> String {
    if added == 0 { String::new() } else { format!(" to its end; {added} accounts were added") }
}
