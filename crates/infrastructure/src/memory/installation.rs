//! The id of this installation, a new one for each store.

use async_trait::async_trait;
use vestibule_domain::installation::{InstallationId, InstallationRepository};
use vestibule_domain::store::StoreError;

use super::rows::installation::InstallationRow;
use super::scope::{Access, MemoryScope};

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
