//! The row of all keys of other systems.

use std::collections::BTreeMap;

use vestibule_domain::accounts::import::SealedImportKey;
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The keys, by name.
#[derive(Clone, Default)]
pub(in crate::memory) struct ImportKeysRow(pub(in crate::memory) BTreeMap<String, SealedImportKey>);

impl Row for ImportKeysRow {
    type Key = ();
    type Entry = ();
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) {}

    fn entries(&self) -> Vec<((), Option<Constraint>)> {
        Vec::new()
    }
}
