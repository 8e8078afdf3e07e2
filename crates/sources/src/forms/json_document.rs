//! A JSON document with a list of objects, read element by element.

use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::json_lines::object;
use crate::row::Row;
use crate::scan::{Sink, Stop, TableName, Want};
use crate::{BadRow, OpenError, Place, Unit};

/// Reads the list at a path, which is the document itself where the path is empty.
pub(crate) fn read(
    input: impl Read,
    file: &str,
    table: &TableName,
    want: Want,
    (path, extended): (&[&str], bool),
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let mut run = Run { file, table, want, extended, sink, number: 0, found: false, stop: None };
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    let result =
        Descend { path, run: &mut run }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    if let Some(stop) = run.stop {
        return Err(stop);
    }
    match result {
        Ok(()) if run.found => Ok(()),
        Ok(()) => {
            let place =
                if path.is_empty() { "at its top".to_owned() } else { format!("at `{}`", path.join(".")) };
            Err(OpenError::file(file, format!("there is no list {place}")).into())
        }
        Err(error) if run.number == 0 && !run.found => {
            let reason = format!("it is no JSON, at line {} column {}", error.line(), error.column());
            Err(OpenError::file(file, reason).into())
        }
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let reason = format!(
                "the JSON breaks off here, at line {line} column {column}; nothing after it can be read"
            );
            let place = Place { file: file.to_owned(), unit: Unit::Document, number: run.number + 1 };
            run.sink.bad(BadRow::new(place, reason))
        }
    }
}

struct Run<'a> {
    file: &'a str,
    table: &'a TableName,
    want: Want,
    extended: bool,
    sink: &'a mut dyn Sink,
    number: u64,
    /// Whether the list was found.
    found: bool,
    stop: Option<Stop>,
}

impl Run<'_> {
    fn take(&mut self, value: Value) -> Result<(), Stop> {
        self.number += 1;
        if self.want != Want::Rows {
            return self.sink.count(self.table, 1);
        }
        let place = Place { file: self.file.to_owned(), unit: Unit::Document, number: self.number };
        match object(value, self.extended) {
            Ok(values) => self.sink.row(self.table, Row { place, values }),
            Err(reason) => self.sink.bad(BadRow::new(place, reason)),
        }
    }
}

struct Descend<'a, 'b> {
    path: &'a [&'a str],
    run: &'a mut Run<'b>,
}

impl<'de> DeserializeSeed<'de> for Descend<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Descend<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if !self.path.is_empty() {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        self.run.found = true;
        while let Some(value) = list.next_element::<Value>()? {
            if let Err(stop) = self.run.take(value) {
                self.run.stop = Some(stop);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match self.path.split_first() {
                Some((first, rest)) if *first == key => {
                    map.next_value_seed(Descend { path: rest, run: &mut *self.run })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
