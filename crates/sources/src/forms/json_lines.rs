//! JSON lines: one object a line, as `mongoexport` and SQLite's `json_object` give them.

use std::io::{BufRead, Read};

use serde_json::Value;

use super::extended_json;
use crate::row::Row;
use crate::scan::{LONGEST, Sink, Stop, TableName, Want, line};
use crate::{BadRow, OpenError};

/// Reads a table.
pub(crate) fn read(
    mut input: impl BufRead,
    file: &str,
    table: &TableName,
    want: Want,
    extended: bool,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let mut buffer = Vec::new();
    let mut number = 0;
    loop {
        buffer.clear();
        number += 1;
        let failed = |error: std::io::Error| OpenError::file(file, error.to_string());
        let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        if (&mut input).take(most).read_until(b'\n', &mut buffer).map_err(failed)? == 0 {
            return Ok(());
        }
        if buffer.len() == LONGEST && buffer.last() != Some(&b'\n') {
            skip_line(&mut input).map_err(failed)?;
            let reason = format!("it is longer than {LONGEST} bytes");
            sink.bad(BadRow::new(line(file, number), reason))?;
            continue;
        }
        if buffer.trim_ascii().is_empty() {
            continue;
        }
        if want != Want::Rows {
            sink.count(table, 1)?;
            continue;
        }
        match parse(buffer.trim_ascii_end(), extended) {
            Ok(values) => sink.row(table, Row { place: line(file, number), values })?,
            Err(reason) => sink.bad(BadRow::new(line(file, number), reason))?,
        }
    }
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(chunk.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn parse(line: &[u8], extended: bool) -> Result<Value, String> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| format!("it is no JSON, at column {}", error.column()))?;
    object(value, extended)
}

/// A document as a row.
pub(super) fn object(value: Value, extended: bool) -> Result<Value, String> {
    let value = if extended { extended_json::plain(value) } else { value };
    if value.is_object() { Ok(value) } else { Err("it is JSON, but no object".to_owned()) }
}
