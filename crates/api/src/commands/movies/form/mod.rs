//! How a file says what it says: encoding, separator, the order of its dates.

mod encoding;
mod look;
mod named_encoding;
mod other_kinds;
mod quoting;
mod sample;
mod separator;
mod words;

use std::fmt;

use clap::ValueEnum;
use encoding_rs::{Encoding, UTF_8};

pub use encoding::EncodingError;
pub(super) use look::look;
pub use named_encoding::NamedEncoding;
pub use other_kinds::{OtherForm, OtherKind, Workbook};
pub use quoting::QuotingError;
pub use separator::SeparatorError;

/// What the operator says of a file. What is not said is found out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    /// How slashed dates are to be read.
    pub dates: Option<DateOrder>,
    /// The encoding of a file that has no byte order mark.
    pub encoding: Option<NamedEncoding>,
}

/// The order of day and month in a date with slashes and the year at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// Day first: 25/04/2001.
    Dmy,
    /// Month first: 04/25/2001.
    Mdy,
}

/// The form of a file of movies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The encoding of its text.
    pub encoding: &'static Encoding,
    /// Whether the encoding was inferred from the text, since nothing says it.
    pub guessed: bool,
    /// The length of the byte order mark, in bytes.
    pub mark: usize,
    /// What separates the columns.
    pub separator: u8,
    /// Whether the first line is `sep=…`, by which spreadsheets are told the separator.
    pub separator_line: bool,
    /// How slashed dates are to be read. `None` is month first, and refuses a file that has others.
    pub dates: Option<DateOrder>,
}

impl Default for Form {
    fn default() -> Self {
        Self { encoding: UTF_8, guessed: false, mark: 0, separator: b',', separator_line: false, dates: None }
    }
}

impl Form {
    /// Whether a fraction may stand behind a comma. Spreadsheets take another separator of columns where
    /// they write decimal commas.
    pub(super) fn decimal_comma(&self) -> bool {
        self.separator != b','
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let guessed = if self.guessed { " (inferred from the text)" } else { "" };
        writeln!(f, "encoding       {}{guessed}", self.encoding.name())?;
        writeln!(f, "separator      {}", separator::name(self.separator))?;
        let dates = match self.dates {
            Some(DateOrder::Dmy) => "day first",
            Some(DateOrder::Mdy) => "month first",
            None => "month first (the default)",
        };
        write!(f, "slashed dates  {dates}")
    }
}
