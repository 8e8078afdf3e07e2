//! The records of a source, one after another.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use serde_json::Value;

use crate::build::{self, Setup};
use crate::columns::Columns;
use crate::notes::Notes;
use crate::row::{Joined, Row, plain};
use crate::shelf::Shelf;
use crate::worker::{self, Event, Plan, Target};
use crate::{BadRow, Note, OpenError, Place, Record};

/// The records of a source, in its order. A bad row does not end it.
pub struct Records {
    setup: Arc<Setup>,
    events: Receiver<Vec<Event>>,
    batch: VecDeque<Event>,
    shelves: Vec<Shelf>,
    /// Which joined tables are there.
    seen: Vec<bool>,
    columns: Columns,
    notes: Notes,
    bad: VecDeque<BadRow>,
    /// Where the last record was.
    place: Place,
    ended: bool,
}

impl Records {
    /// Reads what belongs to the accounts, up to the first of them.
    pub(crate) fn open(setup: Setup, plan: Plan, notes: Notes) -> Result<Self, OpenError> {
        let setup = Arc::new(setup);
        let events = worker::start(Arc::clone(&setup), plan)?;
        let joins = setup.map.join.len();
        let mut records = Self {
            columns: Columns::of(&setup.map),
            shelves: (0..joins).map(|_| Shelf::new()).collect(),
            seen: vec![false; joins],
            setup,
            events,
            batch: VecDeque::new(),
            notes,
            bad: VecDeque::new(),
            place: Place::default(),
            ended: false,
        };
        records.read_sides()?;
        records.find_main()?;
        Ok(records)
    }

    /// What was not carried over, or not as it stood. It is complete when the records have ended.
    pub fn notes(&self) -> Vec<Note> {
        self.notes.all()
    }

    /// Where the last record stands that was given out. All records stand in one file or table, so the number tells
    /// them apart.
    pub fn place(&self) -> &Place {
        &self.place
    }

    fn event(&mut self) -> Option<Event> {
        while self.batch.is_empty() {
            self.batch = self.events.recv().ok()?.into();
        }
        self.batch.pop_front()
    }

    fn read_sides(&mut self) -> Result<(), OpenError> {
        loop {
            match self.event() {
                Some(Event::SidesEnd) => break,
                Some(Event::Refused(error)) => return Err(error),
                None | Some(Event::End) => return Err(broken_off()),
                Some(event) => self.side(event)?,
            }
        }
        for (join, seen) in self.setup.map.join.iter().zip(&self.seen) {
            if join.required && !seen {
                let tables = join.table.shown();
                let sentence = format!(
                    "there is no table {tables}, which {} needs; name the folder with all of its files, or each file",
                    self.setup.map.name
                );
                return Err(OpenError::Missing(sentence));
            }
        }
        Ok(())
    }

    fn side(&mut self, event: Event) -> Result<(), OpenError> {
        match event {
            Event::Seen(Target::Join(at)) => {
                if let Some(seen) = self.seen.get_mut(at) {
                    *seen = true;
                }
            }
            Event::Columns(target, columns) => self.columns.know(&self.setup.map, target, columns),
            Event::Row(target @ Target::Join(at), row) => {
                self.columns.count_left(&self.setup.map, target, &row.values);
                let columns_are_unknown = self.columns_are_unknown(at);
                let belongs = self.setup.map.join.get(at).zip(self.shelves.get_mut(at));
                let Some((join, rows)) = belongs else { return Ok(()) };
                let key = row.values.get(&join.key).and_then(plain);
                if key.is_none() && columns_are_unknown {
                    let reason = format!("it has no `{}`, by which it belongs to an account", join.key);
                    self.bad.push_back(BadRow::new(row.place, reason));
                    return Ok(());
                }
                // A row without a key is kept, so that it is told of as one that belongs to nobody.
                let key = key.unwrap_or_default();
                let failed = |error: std::io::Error| OpenError::file("a temporary file", error.to_string());
                rows.add(&key, &row.values).map_err(failed)?;
            }
            Event::Bad(bad) => self.bad.push_back(bad),
            Event::Count(table, rows) => {
                let left = &self.setup.map.left.tables;
                let why = left.get(&table).map_or("are not carried over", String::as_str);
                self.notes.add(&format!("rows of `{table}`"), rows, why);
            }
            _ => {}
        }
        Ok(())
    }

    fn columns_are_unknown(&self, at: usize) -> bool {
        !self.columns.is_known(&self.setup.map, Target::Join(at))
    }

    fn find_main(&mut self) -> Result<(), OpenError> {
        let mut seen = false;
        loop {
            match self.event() {
                Some(Event::Seen(Target::Main)) => seen = true,
                Some(Event::Columns(target, columns)) => {
                    self.columns.know(&self.setup.map, target, columns);
                    return self.columns.check(&self.setup.map);
                }
                Some(Event::Refused(error)) => return Err(error),
                Some(event @ Event::Row(..)) => {
                    self.batch.push_front(event);
                    return self.columns.check(&self.setup.map);
                }
                Some(Event::Bad(bad)) => self.bad.push_back(bad),
                Some(Event::End) if seen => {
                    self.end();
                    return Ok(());
                }
                Some(Event::End) => {
                    let tables = self.setup.map.input.table.shown();
                    return Err(OpenError::Missing(format!(
                        "there is no table {tables}, where the accounts are"
                    )));
                }
                None => return Err(broken_off()),
                Some(_) => {}
            }
        }
    }

    fn end(&mut self) {
        self.ended = true;
        self.columns.tell(&self.setup, &mut self.notes);
        for (join, shelf) in self.setup.map.join.iter().zip(&self.shelves) {
            if let Some(told) = &join.told {
                self.notes.add(&format!("{told} of no account"), shelf.unused(), "are not carried over");
            }
        }
    }

    fn record(&mut self, row: &Row) -> Result<Record, String> {
        let setup = Arc::clone(&self.setup);
        self.columns.count_left(&setup.map, Target::Main, &row.values);
        let mut joins: Vec<(&str, Vec<Value>)> = Vec::with_capacity(setup.map.join.len());
        for (join, shelf) in setup.map.join.iter().zip(&mut self.shelves) {
            let so_far = Joined { values: &row.values, joins: &joins };
            let mut rows = Vec::new();
            for key in so_far.all(&join.on).unwrap_or_default().iter().filter_map(plain) {
                rows.extend(
                    shelf.find(&join.key, &key).map_err(|error| format!("a temporary file: {error}"))?,
                );
            }
            if let Some(only) = &join.only {
                rows.retain(|row| Joined { values: row, joins: &[] }.holds(only));
            }
            joins.push((&join.name, rows));
        }
        let joined = Joined { values: &row.values, joins: &joins };
        let (record, bad) = build::record(&setup, joined, &row.place, &mut self.notes)?;
        self.bad.extend(bad);
        self.place = row.place.clone();
        Ok(record)
    }
}

impl Iterator for Records {
    type Item = Result<Record, BadRow>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(bad) = self.bad.pop_front() {
                return Some(Err(bad));
            }
            if self.ended {
                return None;
            }
            match self.event() {
                Some(Event::Row(Target::Main, row)) => {
                    return Some(self.record(&row).map_err(|reason| BadRow::new(row.place, reason)));
                }
                Some(Event::Bad(bad)) => return Some(Err(bad)),
                Some(Event::End) => self.end(),
                Some(Event::Refused(error)) => return Some(Err(self.broken(&error))),
                None => return Some(Err(self.broken(&broken_off()))),
                Some(_) => {}
            }
        }
    }
}

impl Records {
    /// The source breaks off: what follows is not known.
    fn broken(&mut self, error: &OpenError) -> BadRow {
        self.end();
        let reason = format!("the source breaks off, and what follows is missing: {error}");
        let place = Place { file: "the source".to_owned(), ..Place::default() };
        BadRow { breaks_off: true, ..BadRow::new(place, reason) }
    }
}

fn broken_off() -> OpenError {
    OpenError::file("the source", "it broke off")
}
