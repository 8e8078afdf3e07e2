//! The people of a table: our own, Google's or Outlook's.

use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter};

use super::super::person::{EntryFault, LeftBehind, Person, Reading, Settled, joined};
use super::columns::{Column, Columns};
use super::own_row;

/// Separators that are looked for; of equally good ones the first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Between several values in a cell of Google's.
const SEVERAL: &str = ":::";

/// A table, row by row.
pub(in super::super) struct Table<'t> {
    rows: StringRecordsIntoIter<&'t [u8]>,
    columns: Columns,
    width: usize,
    /// The text behind a line for spreadsheets.
    text: &'t str,
    /// A place in the text, in bytes, and its line.
    counted: (usize, u64),
    /// What separates the columns.
    pub(in super::super) separator: u8,
}

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Nothing of a person.
    #[error(
        "this is neither a file of vCards nor a table whose first line names columns of contacts, such as \
         \"fullname\", \"First Name\" or \"E-mail 1 - Value\""
    )]
    NoColumns,
    /// The rest of the file is lost.
    #[error("the table cannot be read behind line {0}")]
    Broken(u64),
}

impl<'t> Table<'t> {
    /// Reads the names of the columns.
    pub(in super::super) fn open(text: &'t str) -> Result<Self, TableError> {
        let (text, first_line) = match text.split_once('\n') {
            // By this a spreadsheet is told the separator, which is found anyway.
            Some((first, rest)) if first.to_ascii_lowercase().trim_matches('"').starts_with("sep=") => {
                (rest, 2)
            }
            _ => (text, 1),
        };
        let mut best: Option<Self> = None;
        for separator in SEPARATORS {
            let reader = ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator)
                .from_reader(text.as_bytes());
            let mut rows = reader.into_records();
            let Some(Ok(first)) = rows.next() else { continue };
            let Some(columns) = Columns::of(first.iter()) else { continue };
            if best.as_ref().is_none_or(|best| columns.known() > best.columns.known()) {
                best = Some(Self {
                    rows,
                    columns,
                    width: first.len(),
                    text,
                    counted: (0, first_line),
                    separator,
                });
            }
        }
        best.ok_or(TableError::NoColumns)
    }

    /// Whether it is in our own form.
    pub(in super::super) fn is_ours(&self) -> bool {
        matches!(self.columns, Columns::Ours(..))
    }

    /// The next row that says something: its line, and what became of it.
    pub(in super::super) fn next(
        &mut self,
        reading: Reading,
        behind: &mut LeftBehind,
    ) -> Result<Option<(u64, Settled)>, TableError> {
        loop {
            let Some(row) = self.rows.next() else { return Ok(None) };
            let row = row.map_err(|_not_utf8| TableError::Broken(self.counted.1))?;
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let line = self.line_at(row.position().map_or(0, csv::Position::byte));
            return Ok(Some((line, self.settled(&row, reading, behind))));
        }
    }

    /// The line of the row that begins behind so many bytes. The reader takes the second half of a CRLF for a part of the
    /// next row, and does not count lines that end in CR.
    fn line_at(&mut self, byte: u64) -> u64 {
        let (from, mut line) = self.counted;
        let bytes = self.text.as_bytes();
        let mut to = usize::try_from(byte).unwrap_or(usize::MAX).clamp(from, bytes.len());
        while bytes.get(to).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            to += 1;
        }
        let passed = bytes.get(from..to).unwrap_or_default();
        for (place, byte) in passed.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && passed.get(place + 1) != Some(&b'\n'));
            line += u64::from(ends);
        }
        self.counted = (to, line);
        line
    }

    fn settled(&self, row: &StringRecord, reading: Reading, behind: &mut LeftBehind) -> Settled {
        match &self.columns {
            Columns::Ours(places, others) => {
                if row.len() != self.width {
                    let fault = EntryFault::Cells { found: row.len(), expected: self.width };
                    return Settled { contact: Err(fault), day_first: None };
                }
                for (place, name) in others {
                    count(behind, name, row.get(*place).unwrap_or_default());
                }
                own_row::contact(places.map(|place| place.and_then(|place| row.get(place))), reading)
            }
            Columns::Others(columns) => person(columns, row, behind).settled(reading),
        }
    }
}

/// The person of a row of another program.
fn person(columns: &[Column], row: &StringRecord, behind: &mut LeftBehind) -> Person {
    let mut person = Person::default();
    let mut parts = [""; 5];
    let (mut emails, mut phones) = (Vec::new(), Vec::new());
    // Google marks the preferred one in the label before the value.
    let mut is_preferred = false;
    for (column, cell) in columns.iter().zip(row) {
        let was_preferred = std::mem::take(&mut is_preferred);
        let several = || cell.split(SEVERAL).map(|value| value.trim().to_owned());
        match column {
            Column::Name => cell.trim().clone_into(&mut person.name),
            Column::NamePart(place) => {
                if let Some(part) = parts.get_mut(usize::from(*place)) {
                    *part = cell;
                }
            }
            Column::Organisation => {
                cell.trim().clone_into(&mut person.organisation);
                count(behind, "organisation", cell);
            }
            Column::Email(rank) => {
                emails.extend(several().map(|value| (rank_of(*rank, was_preferred), value)));
            }
            Column::Phone(rank) => {
                phones.extend(several().map(|value| (rank_of(*rank, was_preferred), value)));
            }
            Column::Label => is_preferred = cell.trim_start().starts_with('*'),
            Column::Birthday => person.birthdays.push(cell.to_owned()),
            Column::Notes => person.notes.push(cell.to_owned()),
            Column::Picture => {
                let is_url = cell.starts_with("https://") || cell.starts_with("http://");
                person.picture = (is_url && cell.len() <= 500).then(|| cell.to_owned());
                if person.picture.is_none() {
                    count(behind, "photo", cell);
                }
            }
            Column::Silent => {}
            Column::Other(name) => count(behind, name, cell),
        }
    }
    emails.sort_by_key(|(rank, _)| *rank);
    phones.sort_by_key(|(rank, _)| *rank);
    person.emails = emails.into_iter().map(|(_, value)| value).collect();
    person.phones = phones.into_iter().map(|(_, value)| value).collect();
    if person.name.is_empty() {
        person.name = joined(parts);
    }
    person
}

fn rank_of(rank: u8, is_preferred: bool) -> u16 {
    if is_preferred { 0 } else { u16::from(rank) + 1 }
}

/// Counts a cell that says something. Programs fill some in for everybody.
fn count(behind: &mut LeftBehind, name: &str, cell: &str) {
    let goes_without_saying = ["", "normal", "false", "unspecified"];
    if !goes_without_saying.contains(&cell.trim().to_lowercase().as_str()) {
        *behind.entry(name.to_owned()).or_default() += 1;
    }
}
