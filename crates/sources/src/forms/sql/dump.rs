//! The statements of a dump.

use std::collections::HashMap;
use std::io::BufRead;

use super::{Bytes, copy};
use crate::scan::{LONGEST, Sink, Stop, TableName, Want, line, row_of};
use crate::{BadRow, OpenError};

/// Reads the tables of a dump that are wanted.
pub(crate) fn read(input: impl BufRead, file: &str, sink: &mut dyn Sink) -> Result<(), Stop> {
    let bytes = Bytes::new(input, file);
    Dump { bytes, created: HashMap::new(), announced: Vec::new(), backslashes: false, of_sqlite: false, sink }
        .read()
}

struct Dump<'a, R> {
    bytes: Bytes<R>,
    /// The columns of tables, as CREATE TABLE gives them.
    created: HashMap<String, Vec<String>>,
    /// Tables whose columns the sink knows.
    announced: Vec<TableName>,
    /// Whether a backslash in a text makes the next character another: so it is in dumps of MySQL and MariaDB, which
    /// are told by their names in backquotes.
    backslashes: bool,
    /// Whether it is a dump of SQLite, which begins with a PRAGMA. It may have backquotes, and no backslashes.
    of_sqlite: bool,
    sink: &'a mut dyn Sink,
}

impl<R: BufRead> Dump<'_, R> {
    fn read(&mut self) -> Result<(), Stop> {
        loop {
            self.bytes.skip_blanks()?;
            match self.bytes.peek()? {
                None => return Ok(()),
                // A command of psql: `\restrict`, `\unrestrict`, `\connect`.
                Some(b'\\') => {
                    self.bytes.skip_line()?;
                    continue;
                }
                Some(b';') => {
                    self.bytes.next()?;
                    continue;
                }
                Some(_) => {}
            }
            match self.bytes.word()?.to_ascii_uppercase().as_str() {
                "COPY" => self.copy()?,
                "INSERT" | "REPLACE" => self.insert()?,
                "CREATE" => self.create()?,
                "LOCK" => self.lock()?,
                "PRAGMA" => {
                    self.of_sqlite = true;
                    self.bytes.skip_statement(self.backslashes)?;
                }
                _ => self.bytes.skip_statement(self.backslashes)?,
            }
        }
    }

    /// `LOCK TABLES` is MySQL's alone.
    fn lock(&mut self) -> Result<(), Stop> {
        self.note_backquotes()?;
        self.bytes.skip_statement(self.backslashes)?;
        Ok(())
    }

    fn note_backquotes(&mut self) -> Result<(), Stop> {
        self.bytes.skip_blanks()?;
        if !self.of_sqlite && self.bytes.peek()? == Some(b'`') {
            self.backslashes = true;
        }
        Ok(())
    }

    fn create(&mut self) -> Result<(), Stop> {
        let mut word = self.bytes.word()?.to_ascii_uppercase();
        while matches!(word.as_str(), "UNLOGGED" | "TEMPORARY" | "TEMP" | "GLOBAL" | "LOCAL") {
            word = self.bytes.word()?.to_ascii_uppercase();
        }
        if word != "TABLE" {
            self.bytes.skip_statement(self.backslashes)?;
            return Ok(());
        }
        self.note_backquotes()?;
        let mut table = self.bytes.table()?;
        if table.schema.is_none() && table.name.eq_ignore_ascii_case("IF") {
            self.bytes.word()?;
            self.bytes.word()?;
            self.note_backquotes()?;
            table = self.bytes.table()?;
        }
        self.sink.seen(&table)?;
        let columns = self.bytes.created_columns(self.backslashes)?;
        if self.created.len() < 10_000 {
            self.created.insert(key(&table), columns);
        }
        Ok(())
    }

    fn copy(&mut self) -> Result<(), Stop> {
        let table = self.bytes.table()?;
        let columns = self.bytes.names()?;
        if !self.bytes.word()?.eq_ignore_ascii_case("FROM") {
            self.bytes.skip_statement(self.backslashes)?;
            return Ok(());
        }
        self.bytes.skip_line()?;
        let want = self.sink.want(&table);
        let columns = self.columns(&table, columns, want)?;
        loop {
            let number = self.bytes.line();
            let place = line(self.bytes.file(), number);
            let Some(text) = self.bytes.take_line(LONGEST)? else {
                let reason = "the file ends within a table; rows after this one are missing".to_owned();
                return if want == Want::Rows { self.sink.bad(BadRow::new(place, reason)) } else { Ok(()) };
            };
            if text.as_deref() == Ok(b"\\.") {
                return Ok(());
            }
            match want {
                Want::Nothing => {}
                Want::Count => self.sink.count(&table, 1)?,
                Want::Rows => {
                    let too_long = |()| format!("it is longer than {LONGEST} bytes");
                    let values = text.map_err(too_long).and_then(|text| copy::values(&text));
                    self.give(&table, &columns, values, number)?;
                }
            }
        }
    }

    fn insert(&mut self) -> Result<(), Stop> {
        let mut word = self.bytes.word()?.to_ascii_uppercase();
        while matches!(word.as_str(), "IGNORE" | "OR" | "REPLACE" | "LOW_PRIORITY" | "DELAYED") {
            word = self.bytes.word()?.to_ascii_uppercase();
        }
        if word != "INTO" {
            self.bytes.skip_statement(self.backslashes)?;
            return Ok(());
        }
        self.note_backquotes()?;
        let table = self.bytes.table()?;
        let columns = self.bytes.names()?;
        let mut word = self.bytes.word()?.to_ascii_uppercase();
        while matches!(word.as_str(), "OVERRIDING" | "SYSTEM" | "USER" | "VALUE") {
            word = self.bytes.word()?.to_ascii_uppercase();
        }
        let want = self.sink.want(&table);
        if word != "VALUES" || want == Want::Nothing {
            self.bytes.skip_statement(self.backslashes)?;
            return Ok(());
        }
        let columns = self.columns(&table, columns, want)?;
        loop {
            self.bytes.skip_blanks()?;
            match self.bytes.peek()? {
                Some(b'(') => {
                    let number = self.bytes.line();
                    let values = self.bytes.tuple(self.backslashes)?;
                    if want == Want::Count {
                        self.sink.count(&table, 1)?;
                    } else {
                        self.give(&table, &columns, values, number)?;
                    }
                }
                Some(b',') => {
                    self.bytes.next()?;
                }
                _ => {
                    self.bytes.skip_statement(self.backslashes)?;
                    return Ok(());
                }
            }
        }
    }

    /// The columns of rows that follow, told to the sink once.
    fn columns(&mut self, table: &TableName, named: Vec<String>, want: Want) -> Result<Vec<String>, Stop> {
        if want != Want::Rows {
            return Ok(named);
        }
        let columns =
            if named.is_empty() { self.created.get(&key(table)).cloned().unwrap_or_default() } else { named };
        if columns.is_empty() {
            let reason = format!(
                "it names no columns for `{}`; dump it with its definition, or with --column-inserts",
                table.name
            );
            return Err(OpenError::file(self.bytes.file(), reason).into());
        }
        if !self.announced.contains(table) {
            self.announced.push(table.clone());
            self.sink.seen(table)?;
            self.sink.columns(table, &columns)?;
        }
        Ok(columns)
    }

    fn give(
        &mut self,
        table: &TableName,
        columns: &[String],
        values: Result<Vec<serde_json::Value>, String>,
        number: u64,
    ) -> Result<(), Stop> {
        let place = line(self.bytes.file(), number);
        let row = match values {
            Ok(values) => row_of(columns, values, place),
            Err(reason) => Err(BadRow::new(place, reason)),
        };
        match row {
            Ok(row) => self.sink.row(table, row),
            Err(bad) => self.sink.bad(bad),
        }
    }
}

fn key(table: &TableName) -> String {
    format!("{}.{}", table.schema.as_deref().unwrap_or_default(), table.name)
}
