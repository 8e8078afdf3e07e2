//! Rows of the table: the id of this installation, a new one for each store.

use vestibule_domain::installation::InstallationId;
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The one row.
#[derive(Clone)]
pub(in crate::memory) struct InstallationRow(pub(in crate::memory) InstallationId);

impl Row for InstallationRow {
    type Key = ();
    type Entry = ();
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) {}

    fn entries(&self) -> Vec<((), Option<Constraint>)> {
        Vec::new()
    }
}
