//! Reading a file by its lines, for a parser that does not tell where it stands.

use std::io::{self, BufRead, Read};

/// A source that hands out one physical line at a time, so that the line last handed out is the line
/// that the parser stands in: it never has a part of the next one. A line ends with LF, CRLF or CR.
pub(super) struct LineByLine<R> {
    source: R,
    line: u64,
    /// The last byte that was handed out.
    last: u8,
    bytes: u64,
    row: Row,
}

/// The row that is read.
#[derive(Default)]
struct Row {
    /// Where it begins; blank lines before it are no part of it.
    began: u64,
    /// The line that it begins in, once it was handed out.
    line: Option<u64>,
}

/// A row that does not end.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: the row is longer than {} bytes; is a quotation mark not closed?", LONGEST_ROW)]
struct EndlessRow {
    line: u64,
}

/// The most bytes of a row. Without a bound, one quotation mark that is not closed would read the
/// rest of the file into memory.
const LONGEST_ROW: u64 = 1024 * 1024;

impl<R: BufRead> LineByLine<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, line: 0, last: b'\n', bytes: 0, row: Row::default() }
    }

    /// Where the lines come from.
    pub(super) fn source(&self) -> &R {
        &self.source
    }

    /// The line in which the row begins, from 1.
    pub(super) fn row_line(&self) -> u64 {
        self.row.line.unwrap_or(self.line)
    }

    /// A new row begins.
    pub(super) fn begin_row(&mut self) {
        self.row = Row { began: self.bytes, line: None };
    }

    /// Notes what is handed out: a line, or a part of one.
    fn note(&mut self, part: &[u8]) {
        let Some(last) = part.last() else { return };
        // The LF of a CRLF whose CR was handed out before belongs to the same line.
        let ends_the_same = self.last == b'\r' && part == b"\n";
        self.line += u64::from(is_break(self.last) && !ends_the_same);
        self.last = *last;
        self.bytes += part.len() as u64;
        if self.row.line.is_none() {
            if part.iter().copied().all(is_break) {
                self.row.began = self.bytes;
            } else {
                self.row.line = Some(self.line);
            }
        }
    }
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The first line of some text, with its end.
fn first_line(text: &[u8]) -> &[u8] {
    let Some(end) = text.iter().position(|byte| is_break(*byte)) else { return text };
    let crlf = text.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n"));
    text.get(..=end + usize::from(crlf)).unwrap_or(text)
}

impl<R: BufRead> Read for LineByLine<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.bytes - self.row.began > LONGEST_ROW {
            let line = self.row_line();
            return Err(io::Error::new(io::ErrorKind::InvalidData, EndlessRow { line }));
        }
        let line = first_line(self.source.fill_buf()?);
        let read = line.len().min(into.len());
        let (Some(into), Some(part)) = (into.get_mut(..read), line.get(..read)) else { return Ok(0) };
        into.copy_from_slice(part);
        self.source.consume(read);
        self.note(into);
        Ok(read)
    }
}
