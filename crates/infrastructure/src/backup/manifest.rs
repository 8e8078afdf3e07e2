//! What a backup holds.

use serde::{Deserialize, Serialize};

use super::layout::Name;

/// The form of the file.
pub(super) const FORM: u32 = 1;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the file; 1.
    pub form: u32,
    /// When the backup was made, in UTC.
    pub made_at: String,
    /// The last migration of the database.
    pub schema: String,
    /// The entries before the manifest, in their order.
    pub entries: Vec<Entry>,
    /// Pictures that rows name and that are nowhere: they were lost before the backup.
    pub lost: Vec<String>,
}

/// An entry of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name in the archive.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// How many pictures there are.
    pub fn pictures(&self) -> u64 {
        let names = self.entries.iter().filter_map(|entry| Name::parse(&entry.name));
        names.filter(|name| matches!(name, Name::Picture(_))).count() as u64
    }

    /// What is known of an entry.
    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}
