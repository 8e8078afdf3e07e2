//! One account.

use std::sync::Arc;

use vestibule_domain::accounts::DirectoryEntry;
use vestibule_domain::store::Store;

use super::OwnerOrAdministrator;
use crate::Deps;
use crate::error::use_case_error;

/// Answers an account that is not in the trash, for its owner or an administrator.
pub struct ShowDirectoryEntry {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is nothing to see.
    pub enum ShowDirectoryEntryError {
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl ShowDirectoryEntry {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Shows the account that the proof is about.
    pub async fn execute(
        &self,
        who: OwnerOrAdministrator,
    ) -> Result<DirectoryEntry, ShowDirectoryEntryError> {
        let mut repositories = self.store.repositories();
        let directory = repositories.directory();
        // The id of an owner is known, and SQLite finds a row faster by it. The opaque id is compared all the same: the
        // id of an account that was erased may be given again.
        let account = match who.own() {
            Some(id) => directory.view_by_id(id).await?,
            None => directory.view(who.target()).await?,
        };
        account
            .filter(|account| account.uuid == who.target() && account.deleted_at.is_none())
            .ok_or(ShowDirectoryEntryError::NotFound)
    }
}
