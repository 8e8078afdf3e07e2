//! A file of movies, row by row.

use std::io::{self, BufRead};

use csv::{ByteRecord, Reader, ReaderBuilder};
use vestibule_domain::catalogue::NewMovie;

use super::columns::{Columns, HeaderError};
use super::line_by_line::LineByLine;
use super::row;
use super::row_fault::BadRow;

/// A file of movies, read from its beginning with constant memory.
pub(super) struct CsvFile<R> {
    reader: Reader<LineByLine<R>>,
    row: ByteRecord,
    columns: Columns,
    latest_year: i32,
}

/// Why a file cannot be read, or not be read on.
#[derive(Debug, thiserror::Error)]
pub enum CsvFileError {
    /// Nothing in it.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
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
    /// Reads the first line. Movies may be of `latest_year`, not later.
    pub(super) fn open(source: R, latest_year: i32) -> Result<Self, CsvFileError> {
        // The first line is a row like the others: the parser's own handling of headers would copy
        // it. A row may be longer or shorter than the header; that is found, and named, later.
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .from_reader(LineByLine::new(source));
        let mut row = ByteRecord::new();
        if !reader.read_byte_record(&mut row)? {
            return Err(CsvFileError::Empty);
        }
        let columns = Columns::find(&row)?;
        Ok(Self { reader, row, columns, latest_year })
    }

    /// The next row, or what is wrong with it. Blank lines are no rows.
    pub(super) fn next_row(&mut self) -> Result<Option<Result<NewMovie, BadRow>>, CsvFileError> {
        self.reader.get_mut().begin_row();
        if !self.reader.read_byte_record(&mut self.row)? {
            return Ok(None);
        }
        let movie = row::movie(&self.row, &self.columns, self.latest_year);
        Ok(Some(movie.map_err(|fault| BadRow { line: self.line(), fault })))
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes(&self) -> u64 {
        self.reader.get_ref().bytes()
    }

    /// The line in which the row begins: it ends in the line last read, and has the line breaks that
    /// its cells have.
    fn line(&self) -> u64 {
        let breaks = self.row.as_slice().split(|byte| *byte == b'\n').count() - 1;
        self.reader.get_ref().line().saturating_sub(breaks as u64)
    }
}
