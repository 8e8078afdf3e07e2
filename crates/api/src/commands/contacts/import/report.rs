//! What the operator sees.

use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

use super::super::person::LeftBehind;
use super::BadEntry;
use crate::commands::users::on_one_line;

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportSummary {
    /// Whether nothing was written.
    pub is_dry_run: bool,
    /// Entries of the file.
    pub entries: u64,
    /// Contacts that were added.
    pub added: u64,
    /// Contacts that were there already.
    pub here: u64,
    /// Entries that cannot be imported.
    pub bad: u64,
    /// What was not taken over, and how often.
    pub behind: LeftBehind,
    /// How long it took.
    pub took: Duration,
    /// How the file was read.
    pub form: String,
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is_dry_run, entries, added, here, bad, behind, took, form } = self;
        if *is_dry_run {
            writeln!(f, "dry run: nothing was written")?;
        }
        writeln!(f, "entries read   {entries}")?;
        writeln!(f, "{:15}{added}", if *is_dry_run { "to add" } else { "added" })?;
        writeln!(f, "already here   {here}")?;
        writeln!(f, "bad            {bad}")?;
        writeln!(f, "seconds        {:.2}", took.as_secs_f64())?;
        write!(f, "read as        {form}")?;
        for (what, times) in behind {
            write!(f, "\nleft behind    {times}: {}", on_one_line(what))?;
        }
        Ok(())
    }
}

/// The most bad entries that are named. Who has more has the wrong file.
const MOST_NAMED: usize = 1000;

/// Names bad entries on standard error. The import goes on if that cannot be written; the summary counts them.
pub(super) fn name_bad(bad: &[BadEntry]) {
    let mut output = io::stderr().lock();
    for entry in bad.iter().take(MOST_NAMED) {
        let _lost = writeln!(output, "{entry}");
    }
    if let Some(more @ 1..) = bad.len().checked_sub(MOST_NAMED) {
        let _lost = writeln!(output, "… and {more} more");
    }
}
