//! Opens a file and reads it by its form.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::{Form, csv, json_document, json_lines, sql};
use crate::map::Map;
use crate::row::Row;
use crate::scan::{Sink, Stop, TableName, Want};
use crate::{BadRow, OpenError};

/// Reads the tables of a text file that are wanted. A dump names its tables; other forms hold one.
pub(crate) fn read(
    path: &Path,
    form: Form,
    table: &TableName,
    map: &Map,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let file = shown(path);
    let input = after_mark(path)?;
    let want = sink.want(table);
    if form != Form::Sql && want == Want::Nothing {
        return Ok(());
    }
    if form != Form::Sql {
        sink.seen(table)?;
    }
    let extended = map.input.extended_json;
    match form {
        Form::Csv => csv::read(input, &file, table, want, sink),
        Form::JsonLines => json_lines::read(input, &file, table, want, extended, sink),
        Form::JsonDocument => {
            let records = map.input.records.as_deref();
            let is_main = map.input.table.fits(&table.name) || map.join.is_empty();
            let steps: Vec<&str> = match records {
                Some(records) if is_main && !begins_with_list(path)? => records.split('.').collect(),
                _ => Vec::new(),
            };
            json_document::read(input, &file, table, want, (&steps, extended), sink)
        }
        Form::Sql => sql::read(input, &file, sink),
        Form::Sqlite => Err(OpenError::file(file, "it is a SQLite database").into()),
    }
}

/// The name of a file, as it is shown.
fn shown(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn failed(path: &Path, error: &std::io::Error) -> OpenError {
    OpenError::file(shown(path), error.to_string())
}

/// The file after its byte order mark.
fn after_mark(path: &Path) -> Result<BufReader<File>, OpenError> {
    let open = || {
        let mut file = File::open(path)?;
        let mut mark = [0; 3];
        let read = file.read(&mut mark)?;
        if read < 3 || mark != *b"\xef\xbb\xbf" {
            file.seek(SeekFrom::Start(0))?;
        }
        Ok(BufReader::with_capacity(64 * 1024, file))
    };
    open().map_err(|error| failed(path, &error))
}

fn begins_with_list(path: &Path) -> Result<bool, OpenError> {
    let mut head = Vec::new();
    after_mark(path)?.take(4096).read_to_end(&mut head).map_err(|error| failed(path, &error))?;
    Ok(head.trim_ascii_start().starts_with(b"["))
}

/// Refuses a file that is not UTF-8, and says what it looks like.
pub(crate) fn check_text(path: &Path) -> Result<(), OpenError> {
    let mut file = File::open(path).map_err(|error| failed(path, &error))?;
    let mut buffer = vec![0; 256 * 1024];
    let mut kept = 0;
    let mut line = 1_usize;
    loop {
        let Some(free) = buffer.get_mut(kept..) else { return Ok(()) };
        let read = file.read(free).map_err(|error| failed(path, &error))?;
        let filled = kept + read;
        let chunk = buffer.get(..filled).unwrap_or_default();
        let good = match std::str::from_utf8(chunk) {
            Ok(text) => text.len(),
            // A letter may go on in the next chunk.
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(error) => {
                let before = chunk.get(..error.valid_up_to()).unwrap_or_default();
                let line = line + count_lines(before);
                let rest = chunk.get(error.valid_up_to()..).unwrap_or_default();
                let reason = format!(
                    "it is not UTF-8, at line {line}; it looks like {}: convert it to UTF-8",
                    looks_like(rest)
                );
                return Err(OpenError::file(shown(path), reason));
            }
        };
        if read == 0 {
            return Ok(());
        }
        line += count_lines(chunk.get(..good).unwrap_or_default());
        buffer.copy_within(good..filled, 0);
        kept = filled - good;
    }
}

#[expect(clippy::naive_bytecount, reason = "it is done once, over what is read from a disk")]
fn count_lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn looks_like(bytes: &[u8]) -> &'static str {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny).name()
}

/// The tables of a dump that have rows.
pub(crate) fn tables_with_rows(path: &Path) -> Result<Vec<TableName>, OpenError> {
    let mut found = Found(Vec::new());
    match sql::read(after_mark(path)?, &shown(path), &mut found) {
        Err(Stop::Refused(error)) => Err(error),
        Ok(()) | Err(Stop::Enough) => Ok(found.0),
    }
}

struct Found(Vec<TableName>);

impl Sink for Found {
    fn want(&self, _: &TableName) -> Want {
        Want::Count
    }

    fn seen(&mut self, _: &TableName) -> Result<(), Stop> {
        Ok(())
    }

    fn columns(&mut self, _: &TableName, _: &[String]) -> Result<(), Stop> {
        Ok(())
    }

    fn row(&mut self, _: &TableName, _: Row) -> Result<(), Stop> {
        Ok(())
    }

    fn bad(&mut self, _: BadRow) -> Result<(), Stop> {
        Ok(())
    }

    fn count(&mut self, table: &TableName, _: u64) -> Result<(), Stop> {
        if !self.0.contains(table) {
            self.0.push(table.clone());
        }
        Ok(())
    }
}
