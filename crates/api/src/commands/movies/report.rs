//! What the operator sees.

use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::form::Form;
use super::row_fault::BadRow;

/// Told how an import goes on.
pub trait Report {
    /// The file is gone through, for this purpose.
    fn begins(&mut self, step: Step, bytes: u64);
    /// So much of it was read by now, in bytes.
    fn advances(&mut self, bytes: u64);
    /// So much came of what was read by now.
    fn counts(&mut self, _so_far: &ImportSummary) {}
    /// A row that cannot be imported.
    fn bad_row(&mut self, row: &BadRow);
    /// The file was gone through, or it was given up.
    fn ends(&mut self);
}

/// What the file is gone through for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To see whether all of it is good.
    Check,
    /// To add its movies.
    Import,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportSummary {
    /// Rows of the file.
    pub rows: u64,
    /// Movies that were added.
    pub added: u64,
    /// Movies that were there already, in the catalogue or further up in the file.
    pub known: u64,
    /// Rows that cannot be imported.
    pub bad: u64,
    /// How long it took, checks included.
    pub took: Duration,
    /// How the file was read.
    pub form: Form,
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, added, known, bad, took, form } = self;
        let nanoseconds = took.as_nanos().max(1);
        let per_second = u128::from(*rows) * 1_000_000_000 / nanoseconds;
        writeln!(f, "rows read      {rows}")?;
        writeln!(f, "added          {added}")?;
        writeln!(f, "already known  {known}")?;
        writeln!(f, "bad            {bad}")?;
        writeln!(f, "seconds        {:.2}", took.as_secs_f64())?;
        writeln!(f, "rows a second  {per_second}")?;
        write!(f, "{form}")
    }
}

/// A report on standard error: bad rows by line, and a progress bar where that is a terminal.
pub(super) struct TerminalReport {
    bar: ProgressBar,
    bad: u64,
}

impl TerminalReport {
    /// The most bad rows that are named. Who has more has the wrong file.
    const MOST_NAMED: u64 = 1000;

    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::hidden(), bad: 0 }
    }
}

impl Report for TerminalReport {
    fn begins(&mut self, step: Step, bytes: u64) {
        // It stays hidden where standard error is no terminal.
        self.bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{prefix:9} {wide_bar} {percent:>3} %  {eta}") {
            self.bar.set_style(style);
        }
        self.bar.set_prefix(match step {
            Step::Check => "checking",
            Step::Import => "importing",
        });
    }

    fn advances(&mut self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    fn bad_row(&mut self, row: &BadRow) {
        self.bad += 1;
        if self.bad <= Self::MOST_NAMED {
            self.bar.suspend(|| say(row));
        }
    }

    fn ends(&mut self) {
        self.bar.finish_and_clear();
        if let Some(more @ 1..) = self.bad.checked_sub(Self::MOST_NAMED) {
            say(format_args!("… and {more} more"));
        }
        self.bad = 0;
    }
}

/// A line for the operator. The import goes on if it cannot be written; the summary counts the bad rows.
fn say(line: impl fmt::Display) {
    let _lost = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_how_fast_it_was() {
        let took = Duration::from_millis(500);
        let summary =
            ImportSummary { rows: 1000, added: 900, known: 90, bad: 10, took, form: Form::default() };
        assert_eq!(
            summary.to_string(),
            "rows read      1000\nadded          900\nalready known  90\nbad            10\n\
             seconds        0.50\nrows a second  2000\n\
             encoding       UTF-8\nseparator      comma\nslashed dates  month first (the default)"
        );
        assert!(ImportSummary::default().to_string().contains("rows a second  0"));
    }
}
