//! How far the import of an uploaded file is.

use vestibule_domain::accounts::AccountUuid;

use crate::commands::movies::{
    BadRow, CsvFileError, HeaderError, ImportSummary, MovieImportError, OtherKind, QuotingError, RowFault,
    SeparatorError,
};

pub(in crate::console) use crate::commands::movies::Step;
use crate::console::words::CatalogueWords;

/// How many bad rows are named. Who has more has the wrong file.
const NAMED: usize = 100;

/// How far the import of an uploaded file is, or how it ended.
#[derive(Debug, Clone)]
pub(super) struct UploadProgress {
    /// Who sent it.
    pub(super) by: AccountUuid,
    /// How the sender's machine calls the file.
    pub(super) file: String,
    /// The size of the file, and how much of it this step has read, in bytes.
    pub(super) size: u64,
    pub(super) read: u64,
    /// `None` until the file is looked at.
    pub(super) step: Option<Step>,
    pub(super) rows: u64,
    pub(super) added: u64,
    /// Movies that were in the catalogue already.
    pub(super) known: u64,
    pub(super) bad: u64,
    /// The first of the bad rows.
    pub(super) named: Vec<NamedRow>,
    /// `None` while it goes on.
    pub(super) end: Option<UploadEnd>,
}

/// A bad row.
#[derive(Debug, Clone)]
pub(super) struct NamedRow {
    pub(super) line: u64,
    pub(super) fault: RowFault,
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum UploadEnd {
    /// At the end of the file.
    Done,
    /// Rows are bad, so nothing was imported.
    BadRows,
    /// All rows are bad.
    NothingGood,
    /// It is not known how dates are to be read, since this line has one that is day-first.
    AmbiguousDates { line: u64, date: String },
    /// It is not known in which encoding the file is.
    Encoding,
    /// The file is no table of movies.
    File(FileFault),
    /// The server stopped.
    Stopped,
    /// Something failed; the log says what.
    Broken,
}

/// Why a file is no table of movies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum FileFault {
    Empty,
    Kind(OtherKind),
    Separator(SeparatorError),
    Quoting(QuotingError),
    Header(HeaderError),
}

impl UploadEnd {
    /// What the page says besides: of lines and dates, or what is wrong with the file.
    pub(super) fn detail(&self, words: &CatalogueWords) -> Option<String> {
        match self {
            Self::AmbiguousDates { line, date } => Some(format!("{line}: {date}")),
            Self::File(fault) => Some((words.file_fault)(fault)),
            Self::Done
            | Self::BadRows
            | Self::NothingGood
            | Self::Encoding
            | Self::Stopped
            | Self::Broken => None,
        }
    }
}

impl UploadProgress {
    /// Nothing was done yet.
    pub(super) fn of(by: AccountUuid, file: String, size: u64) -> Self {
        Self {
            by,
            file,
            size,
            read: 0,
            step: None,
            rows: 0,
            added: 0,
            known: 0,
            bad: 0,
            named: Vec::new(),
            end: None,
        }
    }

    /// The file is gone through once more: what was counted before is counted again.
    pub(super) fn begins(&mut self, step: Step) {
        *self = Self { step: Some(step), ..Self::of(self.by, std::mem::take(&mut self.file), self.size) };
    }

    pub(super) fn counts(&mut self, so_far: &ImportSummary) {
        (self.rows, self.added, self.known) = (so_far.rows, so_far.added, so_far.known);
    }

    pub(super) fn notes(&mut self, row: &BadRow) {
        self.bad += 1;
        if self.named.len() < NAMED {
            self.named.push(NamedRow { line: row.line, fault: row.fault.clone() });
        }
    }

    /// How many bad rows are not named.
    pub(super) fn unnamed(&self) -> u64 {
        self.bad.saturating_sub(self.named.len() as u64)
    }

    /// How much of the file is read, in percent.
    pub(super) fn percent(&self) -> u64 {
        (self.read.saturating_mul(100) / self.size.max(1)).min(100)
    }

    pub(super) fn ends(&mut self, outcome: Result<ImportSummary, MovieImportError>) {
        self.end = Some(match outcome {
            Ok(summary) => {
                self.counts(&summary);
                self.read = self.size;
                UploadEnd::Done
            }
            Err(error) => end(error),
        });
    }
}

/// What an error is to who sent the file.
fn end(error: MovieImportError) -> UploadEnd {
    let file = UploadEnd::File;
    match error {
        MovieImportError::BadRows { .. } => UploadEnd::BadRows,
        MovieImportError::NothingGood { .. } => UploadEnd::NothingGood,
        MovieImportError::AmbiguousDates { line, date } => UploadEnd::AmbiguousDates { line, date },
        MovieImportError::Stopped { .. } => UploadEnd::Stopped,
        MovieImportError::File { cause: CsvFileError::Encoding(_), .. } => UploadEnd::Encoding,
        MovieImportError::File { cause: CsvFileError::Empty, .. } => file(FileFault::Empty),
        MovieImportError::File { cause: CsvFileError::Kind(kind), .. } => file(FileFault::Kind(kind)),
        MovieImportError::File { cause: CsvFileError::Separator(fault), .. } => {
            file(FileFault::Separator(fault))
        }
        MovieImportError::File { cause: CsvFileError::Quoting(fault), .. } => file(FileFault::Quoting(fault)),
        MovieImportError::File { cause: CsvFileError::Header(fault), .. } => file(FileFault::Header(fault)),
        // What the system says of a temporary file is the operator's.
        error @ (MovieImportError::NoFile
        | MovieImportError::File { cause: CsvFileError::Io(_), .. }
        | MovieImportError::Changed { .. }
        | MovieImportError::Catalogue { .. }) => {
            tracing::error!(error = &error as &dyn std::error::Error, "an uploaded file was not imported");
            UploadEnd::Broken
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::commands::movies::RowFault;

    #[test]
    fn of_many_bad_rows_the_first_are_named_and_a_second_step_counts_anew() {
        let mut progress = UploadProgress::of(AccountUuid(Uuid::nil()), "movies.csv".to_owned(), 1000);
        progress.begins(Step::Check);
        for line in 0..150 {
            progress.notes(&BadRow { line, fault: RowFault::Missing { column: "name" } });
        }
        assert_eq!((progress.bad, progress.named.len(), progress.unnamed()), (150, 100, 50));
        assert_eq!(progress.named[0].fault, RowFault::Missing { column: "name" });
        progress.begins(Step::Import);
        assert_eq!((progress.bad, progress.named.len(), progress.file.as_str()), (0, 0, "movies.csv"));
    }

    #[test]
    fn a_percentage_is_one() {
        let mut progress = UploadProgress::of(AccountUuid(Uuid::nil()), String::new(), 0);
        assert_eq!(progress.percent(), 0);
        progress.read = 10;
        assert_eq!(progress.percent(), 100);
        progress.size = 40;
        assert_eq!(progress.percent(), 25);
    }
}
