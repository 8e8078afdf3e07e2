//! Genres, actors, languages.

use vestibule_domain::catalogue::{Name, NameKind, NamedId};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::row::Row;
use super::tables::CatalogueTables;

/// A name and the folded form by which it is found.
#[derive(Clone)]
pub(super) struct NameRow {
    pub(super) named: NamedId,
    folded: String,
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

impl CatalogueTables {
    /// Finds or adds a name.
    pub(super) fn resolve_name(&mut self, kind: NameKind, name: &Name) -> Result<i64, StoreError> {
        let rows = self.names_mut(kind);
        let folded = name.folded();
        if let Some(known) = rows.find(&folded) {
            return Ok(known.named.id);
        }
        let id = rows.next_id();
        rows.insert(NameRow { named: NamedId { id, name: name.as_str().to_owned() }, folded })?;
        Ok(id)
    }
}
