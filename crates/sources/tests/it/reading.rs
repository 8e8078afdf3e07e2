//! Reading a source to its end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vestibule_sources::{BadRow, Note, OpenError, Origin, Record, Source, System, open};

/// What a source gives.
pub(crate) struct Read {
    pub(crate) records: Vec<Record>,
    pub(crate) bad: Vec<BadRow>,
    pub(crate) notes: Vec<Note>,
}

impl Read {
    /// How many of a thing were noted.
    pub(crate) fn noted(&self, what: &str) -> u64 {
        self.notes.iter().find(|note| note.what == what).map_or(0, |note| note.count)
    }

    /// The record with an id.
    pub(crate) fn by_id(&self, id: &str) -> &Record {
        self.records.iter().find(|record| record.source_id.as_deref() == Some(id)).unwrap()
    }

    /// The records in the order of their ids.
    pub(crate) fn by_ids(mut self) -> Vec<Record> {
        self.records.sort_by(|a, b| a.source_id.cmp(&b.source_id));
        self.records
    }
}

/// Reads a source of a system that has a map.
pub(crate) fn read(name: &str, origin: Origin, options: &[(&str, &str)]) -> Result<Read, OpenError> {
    read_from(System::Named(name.to_owned()), origin, options)
}

pub(crate) fn read_from(system: System, origin: Origin, options: &[(&str, &str)]) -> Result<Read, OpenError> {
    let options: BTreeMap<_, _> = options.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let mut source = open(&Source { system, origin, options })?;
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for row in &mut source {
        match row {
            Ok(record) => records.push(record),
            Err(row) => bad.push(row),
        }
    }
    Ok(Read { records, bad, notes: source.notes() })
}

/// Reads files of an original.
pub(crate) fn original(name: &str, files: &[&str]) -> Read {
    let paths = files.iter().map(|file| case(name, file)).collect();
    read(name, Origin::Files(paths), &[]).unwrap()
}

/// A file of an original.
pub(crate) fn case(name: &str, file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/originals").join(name).join(file)
}

/// The accounts of an original, as they were made.
pub(crate) fn accounts(name: &str, file: &str) -> Vec<Value> {
    lines(&case(name, file))
}

/// JSON lines.
pub(crate) fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A value as the text of an id.
pub(crate) fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A folder with files, and reading it.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}
