//! Rows of the table: genres, actors, languages.

use vestibule_domain::catalogue::NamedId;
use vestibule_domain::store::Constraint;

use super::super::super::row::Row;

/// A name and the folded form by which it is found.
#[derive(Clone)]
pub(in crate::memory) struct NameRow {
    pub(in crate::memory) named: NamedId,
    pub(in crate::memory) folded: String,
}

impl Row for NameRow {
    type Key = i64;
    /// The folded name.
    type Entry = String;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> i64 {
        self.named.id
    }

    fn entries(&self) -> Vec<(String, Option<Constraint>)> {
        vec![(self.folded.clone(), None)]
    }
}
