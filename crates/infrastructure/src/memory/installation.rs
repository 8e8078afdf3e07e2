//! The id of this installation, a new one for each store.

use async_trait::async_trait;
use vestibule_domain::installation::{InstallationId, InstallationRepository};
use vestibule_domain::store::{Constraint, StoreError};

use super::row::Row;
use super::scope::{Access, MemoryScope};

/// The one row.
#[derive(Clone)]
pub(super) struct InstallationRow(InstallationId);

impl Row for InstallationRow {
    type Key = ();
    type Entry = ();
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) {}

    fn entries(&self) -> Vec<((), Option<Constraint>)> {
        Vec::new()
    }
}

#[async_trait]
impl<A: Access> InstallationRepository for MemoryScope<A> {
    async fn settle(&mut self, candidate: InstallationId) -> Result<InstallationId, StoreError> {
        self.0
            .write(move |tables| {
                if let Some(InstallationRow(id)) = tables.installation.get(()) {
                    return Ok(*id);
                }
                tables.installation.insert(InstallationRow(candidate))?;
                Ok(candidate)
            })
            .await
    }
}
