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
    /// Another import has a key of the same name by now.
    #[error(
        "another import keeps another key named {name}; {added} accounts were added. Give this one another name, and \
         tell it by `import_key`"
    )]
    KeyTaken {
        /// Accounts added before.
        added: u64,
        /// What the key is called.
        name: String,
    },
    /// The keys that hashes need could not be kept.
    #[error("the keys of the other system were not kept; nothing was imported")]
    Keys(#[source] KeepImportKeysError),
}

/// Before it is known how many accounts were added.
impl From<ImportAccountsError> for AccountImportError {
    fn from(error: ImportAccountsError) -> Self {
        match error {
            ImportAccountsError::KeyTaken(name) => Self::KeyTaken { added: 0, name },
            cause @ ImportAccountsError::Failure(_) => Self::Accounts { added: 0, cause },
        }
    }
}

impl AccountImportError {
    /// The same, after so many accounts were added.
    pub(super) fn after(mut self, total: u64) -> Self {
        match &mut self {
            Self::Source { added, .. }
            | Self::Changed { added }
            | Self::Overtaken { added, .. }
            | Self::Stopped { added }
            | Self::Accounts { added, .. }
            | Self::KeyTaken { added, .. } => *added = total,
            Self::Notes(_) | Self::BadRows { .. } | Self::NothingGood { .. } | Self::Keys(_) => {}
        }
        self
    }
}

/// What was done before it went wrong.
fn behind(added: u64) -> String {
    if added == 0 { String::new() } else { format!(" to its end; {added} accounts were added") }
}
