//! What commands print.

use std::fmt;
use std::io::{self, Write as _};

use anyhow::Context as _;

/// Prints what was asked for.
///
/// # Errors
/// When standard output cannot be written: its reader is gone, or its disk is full.
pub(super) fn print(text: impl fmt::Display) -> anyhow::Result<()> {
    write(&text).context("standard output could not be written")
}

/// Prints what a command has done.
///
/// # Errors
/// When standard output cannot be written. The error says that the command was carried out, because an operator who
/// believed that it was not would repeat it.
pub(super) fn print_done(what: impl fmt::Display) -> anyhow::Result<()> {
    write(&what).with_context(|| {
        format!("the work is done, but standard output could not be written; it was: {what}")
    })
}

/// A number of things in words: "1 contact", "2 contacts".
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn write(text: &impl fmt::Display) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}")?;
    output.flush()
}
