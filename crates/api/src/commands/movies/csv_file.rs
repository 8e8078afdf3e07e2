//! A file of movies, row by row.

use std::io::{self, BufRead};

use csv::{ByteRecord, Reader, ReaderBuilder};
use vestibule_domain::catalogue::NewMovie;

use super::columns::{Columns, HeaderError};
use super::form::{EncodingError, OtherKind, QuotingError, SeparatorError};
use super::line_by_line::LineByLine;
use super::row::{self, Rules};
use super::row_fault::BadRow;
use super::text::Text;

/// A file of movies, read from its beginning with constant memory.
pub(super) struct CsvFile<R> {
    reader: Reader<LineByLine<Text<R>>>,
    row: ByteRecord,
    columns: Columns,
    rules: Rules,
}

/// Why a file cannot be read, or not be read on.
#[derive(Debug, thiserror::Error)]
pub enum CsvFileError {
    /// Nothing in it.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// No table of text.
    #[error(transparent)]
    Kind(#[from] OtherKind),
    /// Its encoding.
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    /// Its separator.
    #[error(transparent)]
    Separator(#[from] SeparatorError),
    /// Its quotation.
    #[error(transparent)]
    Quoting(#[from] QuotingError),
    /// The first line.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The operating system, or a row without end.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<csv::Error> for CsvFileError {
    fn from(error: csv::Error) -> Self {
        Self::Io(io_error(error))
    }
}

/// The error of the operating system, of which the parser's own conversion would hide the kind.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

impl<R: BufRead> CsvFile<R> {
    /// Reads the names of the columns.
    pub(super) fn open(source: R, rules: Rules) -> Result<Self, CsvFileError> {
        // The first line is a row like the others: the parser's own handling of headers would copy
        // it. A row may be longer or shorter than the header; that is found, and named, later.
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(rules.form.separator)
            .buffer_capacity(64 * 1024)
            .from_reader(LineByLine::new(Text::open(source, &rules.form)?));
        let columns = Columns::default();
        let mut file = Self { reader, row: ByteRecord::new(), columns, rules };
        if rules.form.separator_line {
            file.read_row()?;
        }
        if !file.read_row()? {
            return Err(CsvFileError::Empty);
        }
        file.columns = Columns::find(&file.row)?;
        Ok(file)
    }

    /// The next row, or what is wrong with it. Rows that say nothing do not count.
    pub(super) fn next_row(&mut self) -> Result<Option<Result<NewMovie, BadRow>>, CsvFileError> {
        if !self.read_row()? {
            return Ok(None);
        }
        let movie = row::movie(&self.row, &self.columns, &self.rules);
        Ok(Some(movie.map_err(|fault| BadRow { line: self.reader.get_ref().row_line(), fault })))
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes(&self) -> u64 {
        self.reader.get_ref().source().taken()
    }

    /// Reads on to a row that says something. `false` at the end of the file.
    fn read_row(&mut self) -> Result<bool, CsvFileError> {
        loop {
            self.reader.get_mut().begin_row();
            if !self.reader.read_byte_record(&mut self.row)? {
                return Ok(false);
            }
            if !row::is_blank(&self.row) {
                return Ok(true);
            }
        }
    }
}
