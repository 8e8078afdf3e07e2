//! What was not carried over, or not as it stood.

use std::collections::BTreeMap;
use std::fmt;

/// One kind of thing that was left or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is: a column, a table, a kind of value.
    pub what: String,
    /// How many there were.
    pub count: u64,
    /// What happened to them.
    pub why: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.what, self.count, self.why)
    }
}

/// Notes while they are counted.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    counted: BTreeMap<String, (u64, String)>,
}

impl Notes {
    /// Counts more of a kind. The reason of the first stands.
    pub(crate) fn add(&mut self, what: &str, count: u64, why: &str) {
        if count == 0 {
            return;
        }
        if let Some((sum, _)) = self.counted.get_mut(what) {
            *sum = sum.saturating_add(count);
        } else {
            self.counted.insert(what.to_owned(), (count, why.to_owned()));
        }
    }

    /// All of them, by name.
    pub(crate) fn all(&self) -> Vec<Note> {
        let note = |(what, (count, why)): (&String, &(u64, String))| Note {
            what: what.clone(),
            count: *count,
            why: why.clone(),
        };
        self.counted.iter().map(note).collect()
    }
}
