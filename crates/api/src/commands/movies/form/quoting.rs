//! Quotation that is not read.

use csv::{ByteRecord, ReaderBuilder};

use super::look::Head;

/// A way to quote that other readers of tables do not have by default either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuotingError {
    /// As in `"He said \"no\""` or `one\, two`.
    #[error(
        "a backslash stands before quotation marks or separators within cells; quote the cells, and double the \
         quotation marks within them"
    )]
    Backslashes,
    /// As in `'one, two'`.
    #[error("cells are quoted with '; quote them with \"")]
    Apostrophes,
}

/// How many rows are looked at.
const ROWS: usize = 200;

/// Refuses a file whose quotation is another one. The head begins with the names of the columns.
pub(super) fn check(head: &Head<'_>, separator: u8) -> Result<(), QuotingError> {
    let bytes = head.text.as_bytes();
    let closes = |byte: u8| byte == separator || matches!(byte, b'"' | b'\r' | b'\n');
    // With doubled quotation marks, `\"` ends a cell.
    let escaped = |three: &[u8]| matches!(three, [b'\\', b'"', next] if !closes(*next));
    if bytes.windows(3).any(escaped) {
        return Err(QuotingError::Backslashes);
    }
    if head.text.trim_start().starts_with('\'') {
        return Err(QuotingError::Apostrophes);
    }
    if wrong_rows(head, separator, b'"') == 0 {
        return Ok(());
    }
    if bytes.windows(2).any(|two| two == [b'\\', separator]) {
        return Err(QuotingError::Backslashes);
    }
    if bytes.contains(&b'\'') && wrong_rows(head, separator, b'\'') == 0 {
        return Err(QuotingError::Apostrophes);
    }
    Ok(())
}

/// Rows of another width than the first one. A last row that may be cut off does not count.
fn wrong_rows(head: &Head<'_>, separator: u8, quote: u8) -> usize {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quote(quote)
        .from_reader(head.text.as_bytes());
    let mut widths = Vec::new();
    let mut row = ByteRecord::new();
    while widths.len() < ROWS
        && let Ok(true) = reader.read_byte_record(&mut row)
    {
        if row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            widths.push(row.len());
        }
    }
    if !head.whole {
        widths.pop();
    }
    widths.split_first().map_or(0, |(header, rows)| rows.iter().filter(|width| *width != header).count())
}
