//! What readers of forms give, row by row.

use serde_json::{Map as Object, Value};

use crate::row::Row;
use crate::{BadRow, OpenError, Place, Unit};

/// The most bytes of one line, row or statement. A longer one is a bad row, so that memory stays bounded.
pub(crate) const LONGEST: usize = 16 * 1024 * 1024;

/// Why a reader stops before the end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody wants more.
    Enough,
    /// The source cannot be read.
    Refused(OpenError),
}

impl From<OpenError> for Stop {
    fn from(error: OpenError) -> Self {
        Self::Refused(error)
    }
}

/// What is wanted of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    /// Its rows.
    Rows,
    /// How many rows it has.
    Count,
    /// Nothing.
    Nothing,
}

/// A table's name, with its schema where the source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableName {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
}

impl TableName {
    /// A table without a schema.
    pub(crate) fn bare(name: impl Into<String>) -> Self {
        Self { schema: None, name: name.into() }
    }
}

/// Takes what a reader finds.
pub(crate) trait Sink {
    /// What is wanted of a table.
    fn want(&self, table: &TableName) -> Want;
    /// A table is there, with or without rows.
    fn seen(&mut self, table: &TableName) -> Result<(), Stop>;
    /// The columns of a table, before its rows, where they are known beforehand.
    fn columns(&mut self, table: &TableName, columns: &[String]) -> Result<(), Stop>;
    /// A row.
    fn row(&mut self, table: &TableName, row: Row) -> Result<(), Stop>;
    /// A row that could not be read.
    fn bad(&mut self, bad: BadRow) -> Result<(), Stop>;
    /// How many more rows a table has, of which no more is wanted.
    fn count(&mut self, table: &TableName, rows: u64) -> Result<(), Stop>;
}

/// Where a row is in a file.
pub(crate) fn line(file: &str, number: u64) -> Place {
    Place { file: file.to_owned(), unit: Unit::Line, number }
}

/// A row of columns and values. Columns that have a value too much or too few are a bad row.
pub(crate) fn row_of(columns: &[String], values: Vec<Value>, place: Place) -> Result<Row, BadRow> {
    if columns.len() != values.len() {
        let reason = format!("it has {} values, and there are {} columns", values.len(), columns.len());
        return Err(BadRow::new(place, reason));
    }
    let object: Object<String, Value> = columns.iter().cloned().zip(values).collect();
    Ok(Row::new(place, object))
}
