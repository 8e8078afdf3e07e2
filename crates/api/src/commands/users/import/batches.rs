//! Reading rows beside the work that is done with them.

use std::io;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use vestibule_domain::accounts::import::ImportedAccount;

use super::password::Passwords;
use super::record::{self, LeftBehind};
use super::row_fault::{BadRow, Unit};
use super::rows::{RowSource, Rows};

/// Rows that are handed over at once.
const PART_ROWS: usize = 250;
/// The same in bytes of the source: a row may be an address book.
const PART_BYTES: usize = 512 * 1024;
/// Parts that are read ahead.
const AHEAD: usize = 16;
/// How large a batch may be, in bytes of the source.
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// An account and its line.
pub(super) type Placed = (u64, ImportedAccount);

/// Some rows of a source.
pub(super) struct Batch {
    /// What the source counts.
    pub(super) unit: Unit,
    /// The good ones.
    pub(super) accounts: Vec<Placed>,
    /// The others.
    pub(super) bad: Vec<BadRow>,
    pub(super) behind: LeftBehind,
    /// How many there are.
    pub(super) rows: usize,
    /// How large they are, in bytes.
    size: usize,
    /// How much of the source was read by now, in bytes.
    pub(super) read: u64,
}

impl Batch {
    fn new() -> Self {
        Self {
            unit: Unit::Line,
            accounts: Vec::new(),
            bad: Vec::new(),
            behind: LeftBehind::default(),
            rows: 0,
            size: 0,
            read: 0,
        }
    }

    fn extend(&mut self, part: Self) {
        self.unit = part.unit;
        self.accounts.extend(part.accounts);
        self.bad.extend(part.bad);
        self.behind.extend(part.behind);
        self.rows += part.rows;
        self.size += part.size;
        self.read = part.read;
    }
}

/// Batches of a source, read in a thread of their own. When this is dropped, the thread ends.
pub(super) struct Batches {
    parts: mpsc::Receiver<Batch>,
    /// Until its end was waited for.
    reader: Option<JoinHandle<io::Result<()>>>,
}

impl Batches {
    pub(super) fn of(source: Arc<dyn RowSource>, passwords: Passwords) -> Self {
        let (sender, parts) = mpsc::channel(AHEAD);
        let reader = tokio::task::spawn_blocking(move || read(&*source, &passwords, &sender));
        Self { parts, reader: Some(reader) }
    }

    /// The next batch, of about so many rows. When the source cannot be read to its end, what was read before comes
    /// first.
    pub(super) async fn next(&mut self, rows: usize) -> io::Result<Option<Batch>> {
        let mut batch = Batch::new();
        while batch.rows < rows
            && batch.size < BATCH_BYTES
            && let Some(part) = self.parts.recv().await
        {
            batch.extend(part);
        }
        if batch.rows > 0 || batch.behind != LeftBehind::default() {
            return Ok(Some(batch));
        }
        match self.reader.take() {
            // A reader that died did not read to the end.
            Some(reader) => reader.await.map_err(io::Error::other)?.map(|()| None),
            None => Ok(None),
        }
    }
}

fn read(source: &dyn RowSource, passwords: &Passwords, sender: &mpsc::Sender<Batch>) -> io::Result<()> {
    let mut rows = source.rows()?;
    loop {
        let mut part = Batch::new();
        let filled = fill(&mut part, &mut *rows, passwords);
        part.read = rows.bytes();
        if let Ok(false) = filled {
            rows.left_behind(&mut part.behind);
        }
        // Nobody waits for more when the work was given up.
        let has_something = part.rows > 0 || part.behind != LeftBehind::default();
        let given_up = has_something && sender.blocking_send(part).is_err();
        if !filled? || given_up {
            return Ok(());
        }
    }
}

/// Reads rows into a part. `false` at the end.
fn fill(part: &mut Batch, rows: &mut dyn Rows, passwords: &Passwords) -> io::Result<bool> {
    while part.rows < PART_ROWS && part.size < PART_BYTES {
        let Some(row) = rows.next_row()? else { return Ok(false) };
        let (unit, line) = (row.unit, row.line);
        part.unit = unit;
        match row.record.and_then(|fields| record::read(fields, passwords, &mut part.behind)) {
            Ok(account) => part.accounts.push((line, account)),
            Err(fault) => part.bad.push(BadRow { unit, line, fault }),
        }
        part.rows += 1;
        part.size += row.bytes;
    }
    Ok(true)
}
