//! A row that could not be read.

use std::fmt;

/// A row that gives no record. It does not end the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Where it is.
    pub place: Place,
    /// Why, in one sentence that quotes nothing of the person.
    pub reason: String,
    pub(crate) breaks_off: bool,
}

impl BadRow {
    pub(crate) fn new(place: Place, reason: String) -> Self {
        Self { place, reason, breaks_off: false }
    }

    /// The number of the line, row or document, from 1.
    pub fn line(&self) -> u64 {
        self.place.number
    }

    /// Whether the source breaks off here, so that nobody knows what follows.
    pub fn is_the_end(&self) -> bool {
        self.breaks_off
    }
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// Where a row is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file's name, or the table's in a database.
    pub file: String,
    /// What is counted.
    pub unit: Unit,
    /// The number, from 1.
    pub number: u64,
}

/// What a [`Place`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Lines of a file.
    #[default]
    Line,
    /// Rows of a table.
    Row,
    /// Documents of a JSON list.
    Document,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Line => "line",
            Unit::Row => "row",
            Unit::Document => "document",
        };
        write!(f, "{}, {unit} {}", self.file, self.number)
    }
}
