//! Reading a file by its lines, for a parser that does not tell where it stands.

use std::io::{self, BufRead, Read};

/// A source that hands out one physical line at a time, so that the line last handed out is the line
/// that the parser stands in: it never has a part of the next one.
pub(super) struct LineByLine<R> {
    source: R,
    line: u64,
    at_start: bool,
    bytes: u64,
    row_began: u64,
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
        Self { source, line: 0, at_start: true, bytes: 0, row_began: 0 }
    }

    /// The number of the line last handed out, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes were handed out.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A new row begins.
    pub(super) fn begin_row(&mut self) {
        self.row_began = self.bytes;
    }
}

impl<R: BufRead> Read for LineByLine<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.bytes - self.row_began > LONGEST_ROW {
            let line = self.line;
            return Err(io::Error::new(io::ErrorKind::InvalidData, EndlessRow { line }));
        }
        let available = self.source.fill_buf()?;
        let line = available.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        let ends = line.len() <= into.len() && line.ends_with(b"\n");
        let read = line.take(into.len() as u64).read(into)?;
        self.source.consume(read);
        if read > 0 {
            self.line += u64::from(self.at_start);
            self.at_start = ends;
            self.bytes += read as u64;
        }
        Ok(read)
    }
}
