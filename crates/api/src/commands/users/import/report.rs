//! What the operator sees.

use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::record::LeftBehind;
use super::row_fault::{BadRow, Spared, Unit};
use crate::commands::users::text::on_one_line;

/// Told how an import goes on.
pub trait Report {
    /// The source is gone through, for this purpose.
    fn begins(&mut self, step: Step, bytes: u64);
    /// So many weak hashes are wrapped in bcrypt, which takes about so long.
    fn wraps(&mut self, hashes: u64, about: Duration);
    /// So much of it was read by now, in bytes.
    fn advances(&mut self, bytes: u64);
    /// A row that cannot be imported.
    fn bad_row(&mut self, row: &BadRow);
    /// The hash of a row is that of the empty password, so its account has none.
    fn empty_password(&mut self, unit: Unit, line: u64);
    /// An account that is imported without one of its identifiers.
    fn spared(&mut self, spared: &Spared);
    /// The source was gone through, or it was given up.
    fn ends(&mut self);
}

/// What the source is gone through for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To see whether all of it is good.
    Check,
    /// To add its accounts.
    Import,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportSummary {
    /// Whether nothing was written.
    pub is_dry_run: bool,
    /// Rows of the source.
    pub rows: u64,
    /// Accounts that were added.
    pub added: u64,
    /// Accounts that were there already.
    pub here: u64,
    /// Rows that cannot be imported.
    pub bad: u64,
    /// Those of the added accounts that have no password.
    pub without_password: u64,
    /// Those whose weak hashes were wrapped in bcrypt.
    pub wrapped: u64,
    /// What was not taken over.
    pub behind: LeftBehind,
    /// How long it took, checks included.
    pub took: Duration,
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is_dry_run, rows, added, here, bad, without_password, wrapped, behind, took } = self;
        let per_second = u128::from(*rows) * 1_000_000_000 / took.as_nanos().max(1);
        if *is_dry_run {
            writeln!(f, "dry run: nothing was written")?;
        }
        writeln!(f, "rows read      {rows}")?;
        writeln!(f, "{:15}{added}", if *is_dry_run { "to add" } else { "added" })?;
        writeln!(f, "already here   {here}")?;
        writeln!(f, "bad            {bad}")?;
        writeln!(f, "seconds        {:.2}", took.as_secs_f64())?;
        write!(f, "rows a second  {per_second}")?;
        if *wrapped > 0 {
            write!(f, "\nwrapped        {wrapped}: their hashes were weak, and are stored under bcrypt")?;
        }
        if *without_password > 0 {
            write!(
                f,
                "\nno password    {without_password}: nobody can log in to these accounts until their passwords are \
                 reset"
            )?;
        }
        for (what, times) in &behind.lost {
            write!(f, "\nleft behind    {times}: {what}")?;
        }
        for field in &behind.unknown {
            write!(f, "\nunknown field  {}", on_one_line(field))?;
        }
        Ok(())
    }
}

/// A report on standard error: bad rows by line, and a progress bar where that is a terminal.
pub(super) struct TerminalReport {
    bar: ProgressBar,
    bad: u64,
    empty: u64,
    spared: u64,
}

impl TerminalReport {
    /// The most bad rows that are named, and the most with empty passwords. Who has more has the wrong file.
    const MOST_NAMED: u64 = 1000;

    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::hidden(), bad: 0, empty: 0, spared: 0 }
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

    fn wraps(&mut self, hashes: u64, about: Duration) {
        let seconds = about.as_secs();
        self.bar.suspend(|| {
            say(format_args!(
                "{hashes} hashes are weak and are wrapped in bcrypt, which takes about {} min {} s",
                seconds / 60,
                seconds % 60
            ));
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

    fn empty_password(&mut self, unit: Unit, line: u64) {
        self.empty += 1;
        if self.empty <= Self::MOST_NAMED {
            self.bar.suspend(|| {
                say(format_args!(
                    "{unit} {line}: password_hash: it is of the empty password, so the account has no password"
                ));
            });
        }
    }

    fn spared(&mut self, spared: &Spared) {
        self.spared += 1;
        if self.spared <= Self::MOST_NAMED {
            self.bar.suspend(|| say(spared));
        }
    }

    fn ends(&mut self) {
        self.bar.finish_and_clear();
        if let Some(more @ 1..) = self.bad.checked_sub(Self::MOST_NAMED) {
            say(format_args!("… and {more} more"));
        }
        if let Some(more @ 1..) = self.empty.checked_sub(Self::MOST_NAMED) {
            say(format_args!("… and {more} more with empty passwords"));
        }
        if let Some(more @ 1..) = self.spared.checked_sub(Self::MOST_NAMED) {
            say(format_args!("… and {more} more that are imported without an identifier"));
        }
        (self.bad, self.empty, self.spared) = (0, 0, 0);
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
    fn the_summary_says_what_was_not_taken_over() {
        let mut behind = LeftBehind::default();
        behind.is_unknown("shoe\nsize".to_owned());
        behind.is_lost("avatar");
        let took = Duration::from_millis(500);
        let summary = ImportSummary {
            rows: 1000,
            added: 900,
            here: 90,
            bad: 10,
            without_password: 3,
            behind,
            took,
            ..ImportSummary::default()
        };
        assert_eq!(
            summary.to_string(),
            "rows read      1000\nadded          900\nalready here   90\nbad            10\n\
             seconds        0.50\nrows a second  2000\n\
             no password    3: nobody can log in to these accounts until their passwords are reset\n\
             left behind    1: avatar\nunknown field  shoe\\nsize"
        );
        let dry = ImportSummary { is_dry_run: true, added: 1, ..ImportSummary::default() };
        assert!(
            dry.to_string().starts_with("dry run: nothing was written\nrows read      0\nto add         1\n")
        );
    }
}
