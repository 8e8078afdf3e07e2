//! Reads a source on a thread of its own, and hands on what it finds.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::build::Setup;
use crate::files::SourceFile;
use crate::forms;
use crate::row::Row;
use crate::scan::{Sink, Stop, TableName, Want};
use crate::{BadRow, OpenError};

/// How many rows are handed on together.
const BATCH: usize = 64;

/// How many batches may wait.
const WAITING: usize = 4;

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// It is an account.
    Main,
    /// It belongs to accounts, by the join of this place.
    Join(usize),
}

/// What was found.
#[derive(Debug)]
pub(crate) enum Event {
    Seen(Target),
    Columns(Target, Vec<String>),
    Row(Target, Row),
    Bad(BadRow),
    Count(String, u64),
    /// The joined tables are read.
    SidesEnd,
    End,
    Refused(OpenError),
}

/// What is read.
pub(crate) enum Plan {
    Files(Vec<SourceFile>),
    Database(String),
}

/// Begins to read. The thread ends when the source does, or when the receiver is dropped.
pub(crate) fn start(setup: Arc<Setup>, plan: Plan) -> Result<Receiver<Vec<Event>>, OpenError> {
    let (out, events) = sync_channel(WAITING);
    let work = move || {
        let mut sender = Sender { setup: Arc::clone(&setup), out, batch: Vec::new(), main: false };
        let last = match read(&setup, &plan, &mut sender) {
            Ok(()) => Event::End,
            Err(Stop::Refused(error)) => Event::Refused(error),
            Err(Stop::Enough) => return,
        };
        // Nobody waits for the end where this fails.
        if sender.send(last).is_ok() {
            drop(sender.flush());
        }
    };
    std::thread::Builder::new()
        .name("source".to_owned())
        .spawn(work)
        .map_err(|error| OpenError::file("the source", error.to_string()))?;
    Ok(events)
}

fn read(setup: &Setup, plan: &Plan, sender: &mut Sender) -> Result<(), Stop> {
    match plan {
        Plan::Files(files) => {
            read_files(setup, files, sender)?;
            sender.sides_end()?;
            read_files(setup, files, sender)
        }
        Plan::Database(url) => database(url, setup, sender),
    }
}

#[cfg(feature = "databases")]
fn database(url: &str, setup: &Setup, sender: &mut Sender) -> Result<(), Stop> {
    crate::databases::read(url, &setup.map, sender)
}

#[cfg(not(feature = "databases"))]
fn database(_: &str, _: &Setup, _: &mut Sender) -> Result<(), Stop> {
    Err(OpenError::Database("this program was built without databases".to_owned()).into())
}

fn read_files(setup: &Setup, files: &[SourceFile], sender: &mut Sender) -> Result<(), Stop> {
    for file in files {
        forms::read(&file.path, file.form, &file.table, &setup.map, sender)?;
    }
    Ok(())
}

/// Hands on what readers find: first of the joined tables, then of the main one.
pub(crate) struct Sender {
    setup: Arc<Setup>,
    out: SyncSender<Vec<Event>>,
    batch: Vec<Event>,
    /// Whether the main table is being read.
    main: bool,
}

impl Sender {
    /// Tells that the joined tables are read. What follows is of the main table.
    pub(crate) fn sides_end(&mut self) -> Result<(), Stop> {
        self.main = true;
        self.send(Event::SidesEnd)
    }

    fn targets(&self, table: &TableName) -> Vec<Target> {
        let map = &self.setup.map;
        match (self.main, map.is_main(table)) {
            (true, true) => vec![Target::Main],
            (true, false) => Vec::new(),
            (false, _) => map.joins_of(table).into_iter().map(Target::Join).collect(),
        }
    }

    fn send(&mut self, event: Event) -> Result<(), Stop> {
        let urgent = matches!(event, Event::Columns(..) | Event::End | Event::Refused(_) | Event::SidesEnd);
        self.batch.push(event);
        if urgent || self.batch.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Stop> {
        self.out.send(std::mem::take(&mut self.batch)).map_err(|_nobody_waits| Stop::Enough)
    }
}

impl Sink for Sender {
    fn want(&self, table: &TableName) -> Want {
        if !self.targets(table).is_empty() {
            Want::Rows
        } else if self.main || self.setup.map.is_main(table) {
            Want::Nothing
        } else {
            Want::Count
        }
    }

    fn seen(&mut self, table: &TableName) -> Result<(), Stop> {
        self.targets(table).into_iter().try_for_each(|target| self.send(Event::Seen(target)))
    }

    fn columns(&mut self, table: &TableName, columns: &[String]) -> Result<(), Stop> {
        let targets = self.targets(table);
        targets.into_iter().try_for_each(|target| self.send(Event::Columns(target, columns.to_vec())))
    }

    fn row(&mut self, table: &TableName, row: Row) -> Result<(), Stop> {
        let mut targets = self.targets(table);
        let Some(last) = targets.pop() else { return Ok(()) };
        for target in targets {
            self.send(Event::Row(target, row.clone()))?;
        }
        self.send(Event::Row(last, row))
    }

    fn bad(&mut self, bad: BadRow) -> Result<(), Stop> {
        self.send(Event::Bad(bad))
    }

    fn count(&mut self, table: &TableName, rows: u64) -> Result<(), Stop> {
        self.send(Event::Count(table.name.clone(), rows))
    }
}
