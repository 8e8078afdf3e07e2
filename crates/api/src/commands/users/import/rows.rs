//! Where rows come from.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::record::LeftBehind;
use super::row_fault::{RowFault, Unit};

/// A row of any source, in our own form.
pub struct Row {
    /// What the source counts.
    pub unit: Unit,
    /// Where it is, from 1.
    pub line: u64,
    /// What it says.
    pub record: Result<Map<String, Value>, RowFault>,
    /// How large it is, in bytes.
    pub bytes: usize,
}

/// Rows, one after the other, read on a thread that may wait.
pub trait Rows {
    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the source cannot be read on.
    fn next_row(&mut self) -> io::Result<Option<Row>>;

    /// How much of the source was read by now, in bytes.
    fn bytes(&self) -> u64;

    /// What the source has and no row says, once the last row was read.
    fn left_behind(&self, _behind: &mut LeftBehind) {}
}

/// What can be gone through more than once.
pub trait RowSource: Send + Sync {
    /// Goes through it from the beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    fn rows(&self) -> io::Result<Box<dyn Rows>>;

    /// How large it is, in bytes.
    ///
    /// # Errors
    /// When it cannot be read, or only once.
    fn size(&self) -> io::Result<u64>;
}

/// A file with a JSON object a line.
pub struct JsonLines(PathBuf);

impl JsonLines {
    /// This file.
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }
}

impl RowSource for JsonLines {
    fn rows(&self) -> io::Result<Box<dyn Rows>> {
        let file = BufReader::with_capacity(256 * 1024, File::open(&self.0)?);
        Ok(Box::new(JsonRows { file, line: 0, bytes: 0, buffer: Vec::new() }))
    }

    fn size(&self) -> io::Result<u64> {
        let metadata = std::fs::metadata(&self.0)?;
        if metadata.is_file() {
            return Ok(metadata.len());
        }
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "only a file can be imported, since it is read more than once; write the rows into one",
        ))
    }
}

struct JsonRows {
    file: BufReader<File>,
    line: u64,
    bytes: u64,
    buffer: Vec<u8>,
}

impl JsonRows {
    /// Reads a line, of which no more is kept than a row may have. `None` at the end.
    fn next_line(&mut self) -> io::Result<Option<usize>> {
        self.buffer.clear();
        let most = RowFault::MOST_BYTES as u64 + 1;
        let mut read = self.file.by_ref().take(most).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        if read as u64 == most && !self.buffer.ends_with(b"\n") {
            read += self.file.skip_until(b'\n')?;
        }
        self.line += 1;
        self.bytes += read as u64;
        Ok(Some(read))
    }
}

impl Rows for JsonRows {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        while let Some(bytes) = self.next_line()? {
            let line = self.line;
            let unit = Unit::Line;
            if bytes > RowFault::MOST_BYTES {
                self.buffer = Vec::new();
                return Ok(Some(Row { unit, line, record: Err(RowFault::TooLong), bytes: 0 }));
            }
            let mark = if line == 1 { b"\xef\xbb\xbf".as_slice() } else { b"" };
            let text = self.buffer.strip_prefix(mark).unwrap_or(&self.buffer);
            if text.trim_ascii().is_empty() {
                continue;
            }
            return Ok(Some(Row { unit, line, record: record(text), bytes }));
        }
        Ok(None)
    }

    fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn record(text: &[u8]) -> Result<Map<String, Value>, RowFault> {
    match serde_json::from_slice(text) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(RowFault::NotAnObject),
        Err(error) => Err(RowFault::NotJson { column: error.column() }),
    }
}
