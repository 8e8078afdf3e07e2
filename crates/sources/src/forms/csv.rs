//! CSV with a header, as databases and spreadsheets write it (RFC 4180).
//!
//! The `csv` crate is not used because it does not tell an empty text (`""`) from nothing, and that is how PostgreSQL
//! and SQLite write an empty text and NULL.

use std::io::BufRead;

use serde_json::Value;

use super::sql::Bytes;
use crate::scan::{LONGEST, Sink, Stop, TableName, Want, line, row_of};
use crate::{BadRow, OpenError};

/// Reads a table. A file without any line is a table without rows, because `sqlite3 -csv` writes such a one.
pub(crate) fn read(
    input: impl BufRead,
    file: &str,
    table: &TableName,
    want: Want,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let mut reader = Reader { bytes: Bytes::new(input, file), delimiter: None };
    let Some((number, header)) = reader.record()? else { return Ok(()) };
    let header = header.map_err(|reason| OpenError::file(file, format!("line {number}: {reason}")))?;
    let columns: Vec<String> =
        header.into_iter().map(|name| name.unwrap_or_default().trim().to_owned()).collect();
    if let Some(twice) =
        columns.iter().enumerate().find(|(at, name)| columns.iter().take(*at).any(|n| n == *name))
    {
        return Err(OpenError::file(file, format!("two of its columns are called `{}`", twice.1)).into());
    }
    if want == Want::Rows {
        sink.columns(table, &columns)?;
    }
    while let Some((number, record)) = reader.record()? {
        let place = line(file, number);
        let values = match record {
            Ok(values) => values,
            Err(reason) => {
                sink.bad(BadRow::new(place, reason))?;
                continue;
            }
        };
        if values.iter().all(Option::is_none) {
            continue;
        }
        if want != Want::Rows {
            sink.count(table, 1)?;
            continue;
        }
        let values = values.into_iter().map(|value| value.map_or(Value::Null, Value::String)).collect();
        match row_of(&columns, values, place) {
            Ok(row) => sink.row(table, row)?,
            Err(bad) => sink.bad(bad)?,
        }
    }
    Ok(())
}

type Record = Result<Vec<Option<String>>, String>;

struct Reader<R> {
    bytes: Bytes<R>,
    /// Known after the header.
    delimiter: Option<u8>,
}

impl<R: BufRead> Reader<R> {
    /// The next record with the line on which it begins; blank lines are passed over.
    fn record(&mut self) -> Result<Option<(u64, Record)>, OpenError> {
        while let Some(byte) = self.bytes.peek()? {
            if byte != b'\n' && byte != b'\r' {
                let number = self.bytes.line();
                let record = self.fields()?;
                return Ok(Some((number, record)));
            }
            self.bytes.next()?;
        }
        Ok(None)
    }

    fn fields(&mut self) -> Result<Record, OpenError> {
        let mut fields = Vec::new();
        let mut size = 0_usize;
        let mut wrong = None;
        loop {
            let field = if self.bytes.peek()? == Some(b'"') {
                self.quoted(&mut size, &mut wrong)?.map(Some)
            } else {
                self.bare(&mut size)?.map(|text| Some(text).filter(|text| !text.is_empty()))
            };
            match field {
                Ok(field) => fields.push(field),
                Err(reason) => wrong = wrong.or(Some(reason)),
            }
            match self.bytes.next()? {
                Some(byte) if Some(byte) == self.delimiter => {}
                None | Some(b'\n') => break,
                // A bare field ends at a line's end alone, so this is the CR before it.
                Some(_) => {}
            }
            if size > LONGEST {
                self.bytes.skip_line()?;
                return Ok(Err(format!("it is longer than {LONGEST} bytes")));
            }
        }
        Ok(wrong.map_or(Ok(fields), Err))
    }

    /// A field without quotes, up to the delimiter or the line's end.
    fn bare(&mut self, size: &mut usize) -> Result<Result<String, String>, OpenError> {
        let mut text = Vec::new();
        while let Some(byte) = self.bytes.peek()? {
            if byte == b'\n' || Some(byte) == self.delimiter || *size > LONGEST {
                break;
            }
            if self.delimiter.is_none() && matches!(byte, b',' | b';' | b'\t') {
                self.delimiter = Some(byte);
                break;
            }
            self.bytes.next()?;
            *size += 1;
            text.push(byte);
        }
        if text.last() == Some(&b'\r') && self.bytes.peek()?.is_none_or(|byte| byte == b'\n') {
            text.pop();
        }
        Ok(String::from_utf8(text).map_err(|_error| "it is not UTF-8".to_owned()))
    }

    /// A field in quotes, and what follows it up to the delimiter or the line's end.
    fn quoted(
        &mut self,
        size: &mut usize,
        wrong: &mut Option<String>,
    ) -> Result<Result<String, String>, OpenError> {
        let mut text = Vec::new();
        self.bytes.next()?;
        loop {
            match self.bytes.next()? {
                None => return Ok(Err("a quote is opened and not closed".to_owned())),
                Some(b'"') if self.bytes.peek()? == Some(b'"') => {
                    self.bytes.next()?;
                    text.push(b'"');
                }
                Some(b'"') => break,
                Some(byte) => text.push(byte),
            }
            *size += 1;
            if *size > LONGEST {
                return Ok(Err("a quote is opened and not closed".to_owned()));
            }
        }
        match self.bare(size)? {
            Ok(rest) if rest.is_empty() => {}
            _ => *wrong = Some("text follows a closing quote".to_owned()),
        }
        Ok(String::from_utf8(text).map_err(|_error| "it is not UTF-8".to_owned()))
    }
}
