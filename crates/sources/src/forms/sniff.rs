//! Which form a file has.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::OpenError;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// CSV with a header.
    Csv,
    /// An object a line.
    JsonLines,
    /// A document with a list.
    JsonDocument,
    /// Statements of a dump.
    Sql,
    /// A SQLite database.
    Sqlite,
}

/// Tells the form of a file by its first bytes and its name. A form that is not read is refused by name.
pub(crate) fn sniff(path: &Path, records: bool) -> Result<Form, OpenError> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| OpenError::file(&shown, error.to_string());
    let mut file = BufReader::new(std::fs::File::open(path).map_err(failed)?);
    let mut head = Vec::new();
    (&mut file).take(64 * 1024).read_to_end(&mut head).map_err(failed)?;
    let refuse = |what: &str| Err(OpenError::file(&shown, what));
    if head.starts_with(b"SQLite format 3\0") {
        return Ok(Form::Sqlite);
    }
    if head.starts_with(b"PGDMP") {
        return refuse(
            "it is a dump of pg_dump's custom format; turn it into text with `pg_restore -f FILE.sql`",
        );
    }
    for (magic, what) in [
        (&b"\x1f\x8b"[..], "it is packed with gzip; unpack it first"),
        (b"PK\x03\x04", "it is a ZIP file or a spreadsheet; unpack it, or save the sheet as CSV"),
        (b"\x28\xb5\x2f\xfd", "it is packed with zstd; unpack it first"),
        (b"\xff\xfe\0\0", "it is UTF-32; convert it to UTF-8"),
        (b"\xff\xfe", "it is UTF-16; convert it to UTF-8"),
        (b"\xfe\xff", "it is UTF-16; convert it to UTF-8"),
    ] {
        if head.starts_with(magic) {
            return refuse(what);
        }
    }
    let pairs = head.chunks_exact(2).take(32);
    if head.len() > 3
        && (pairs.clone().all(|pair| pair.ends_with(b"\0"))
            || pairs.clone().all(|pair| pair.starts_with(b"\0")))
    {
        return refuse("it is UTF-16; convert it to UTF-8");
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    Ok(match extension.to_ascii_lowercase().as_str() {
        "csv" | "tsv" => Form::Csv,
        "sql" | "dump" => Form::Sql,
        "jsonl" | "ndjson" => Form::JsonLines,
        _ if text.starts_with(b"[") => Form::JsonDocument,
        _ if text.starts_with(b"{") => {
            // A whole object on the first line is a line of JSON lines, unless the accounts are within it.
            let line = text.lines().next().and_then(Result::ok).unwrap_or_default();
            let whole = serde_json::from_str::<serde_json::Value>(&line).is_ok();
            let alone = text.len() <= line.len() + 1;
            if whole && !(records && alone) { Form::JsonLines } else { Form::JsonDocument }
        }
        "json" => Form::JsonLines,
        _ if looks_like_sql(text) => Form::Sql,
        _ => Form::Csv,
    })
}

fn looks_like_sql(text: &[u8]) -> bool {
    let starts = ["--", "/*", "\\restrict", "SET ", "COPY ", "INSERT ", "CREATE ", "BEGIN", "PRAGMA"];
    starts
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes())))
}
