//! The accounts of another system.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};
use vestibule_domain::accounts::AccountSurface;
use vestibule_sources::{BadRow, Origin, Place, Records, Source, System, Unit as Counted};

use super::fields::Fields;
use super::record::LeftBehind;
use super::row_fault::{RowFault, Unit};
use super::rows::{Row, RowSource, Rows};

/// The data of another system, whose reader makes rows in our own form of it.
pub struct OtherSystem(Source);

impl OtherSystem {
    /// This data.
    pub fn new(source: Source) -> Self {
        Self(source)
    }
}

impl RowSource for OtherSystem {
    fn rows(&self) -> io::Result<Box<dyn Rows>> {
        let records = vestibule_sources::open(&self.0).map_err(io::Error::other)?;
        Ok(Box::new(OtherRows { records, surface: surface(&self.0.system), bytes: 0, cut: BTreeMap::new() }))
    }

    /// The size of the files, of which no reader tells how far it is: what was made of them is counted against it. Of a
    /// database it is not known.
    fn size(&self) -> io::Result<u64> {
        match &self.0.origin {
            Origin::Database(_) => Ok(0),
            Origin::Files(files) => files.iter().map(|file| size(file)).sum(),
        }
    }
}

/// The surface that has the contract of this system, which is called by its name.
fn surface(system: &System) -> Option<AccountSurface> {
    match system {
        System::Named(name) => name.parse().ok(),
        System::Mapped(_) => None,
    }
}

/// Of a file, or of the files of a folder.
fn size(path: &Path) -> io::Result<u64> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_dir() {
        return Ok(metadata.len());
    }
    let mut sum = 0;
    for entry in std::fs::read_dir(path)? {
        sum += entry?.metadata()?.len();
    }
    Ok(sum)
}

struct OtherRows {
    records: Records,
    /// Through which the accounts came, as far as that can be said here.
    surface: Option<AccountSurface>,
    bytes: u64,
    /// Fields whose texts were cut, and how many.
    cut: BTreeMap<&'static str, u64>,
}

/// Free texts that nobody is told apart by, and how many characters of each are kept. A longer one does not cost its
/// account: other systems have such texts, because SQLite does not hold texts to the lengths that were declared.
const CUT: [(&str, usize); 3] = [
    ("display_name", Fields::SHORT_TEXT),
    ("phone_number", Fields::SHORT_TEXT),
    ("trash_reason", Fields::LONG_TEXT),
];

impl OtherRows {
    fn cut(&mut self, record: &mut Map<String, Value>) {
        for (name, most) in CUT {
            if let Some(Value::String(text)) = record.get_mut(name)
                && let Some((end, _)) = text.char_indices().nth(most)
            {
                text.truncate(end);
                *self.cut.entry(name).or_default() += 1;
            }
        }
    }
}

impl Rows for OtherRows {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        let Some(next) = self.records.next() else { return Ok(None) };
        let record = match next {
            Ok(record) => record,
            Err(bad) if bad.is_the_end() => return Err(io::Error::other(bad.reason)),
            Err(bad) => return Ok(Some(unreadable(&bad))),
        };
        let value = serde_json::to_value(record).map_err(io::Error::other)?;
        let Value::Object(mut record) = value else {
            return Err(io::Error::other("a record is not an object"));
        };
        self.cut(&mut record);
        let bytes = record.values().map(size_of_value).sum();
        self.bytes += bytes as u64;
        if let Some(surface) = self.surface {
            record.insert("surface".to_owned(), surface.as_str().into());
        }
        let (unit, line) = counted(self.records.place());
        Ok(Some(Row { unit, line, record: Ok(record), bytes }))
    }

    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn left_behind(&self, behind: &mut LeftBehind) {
        for note in self.records.notes() {
            behind.is_told(format!("{}, {}", note.what, note.why), note.count);
        }
        for (name, times) in &self.cut {
            behind.is_told(format!("{name} with too many characters, come without those at the end"), *times);
        }
    }
}

fn unreadable(bad: &BadRow) -> Row {
    let (unit, line) = counted(&bad.place);
    // Several files may be read, so the file is named.
    let fault = RowFault::Unreadable(format!("{} ({})", bad.reason, bad.place.file));
    Row { unit, line, record: Err(fault), bytes: 0 }
}

fn counted(place: &Place) -> (Unit, u64) {
    let unit = match place.unit {
        Counted::Line => Unit::Line,
        Counted::Row | Counted::Document => Unit::Row,
    };
    (unit, place.number)
}

/// About how much of a batch it takes.
fn size_of_value(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(size_of_value).sum(),
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + size_of_value(value)).sum(),
        _ => 8,
    }
}
