//! The trash, page by page.

use std::sync::Arc;

use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::Store;
use vestibule_domain::trash::TrashEntry;

use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;

/// Answers a part of the trash, what lies there longest first, for an [`Administrator`] (admin contract 2.10).
pub struct ListTrash {
    store: Arc<dyn Store>,
}

/// Which part.
#[derive(Debug)]
pub struct ListTrashInput {
    /// Who may.
    pub administrator: Administrator,
    /// The page.
    pub page: PageRequest,
}

use_case_error! {
    /// Why there is no page.
    pub enum ListTrashError {}
}

impl ListTrash {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists. A page past the end is empty.
    pub async fn execute(&self, input: ListTrashInput) -> Result<Page<TrashEntry>, ListTrashError> {
        Ok(self.store.repositories().trash().list(input.page).await?)
    }
}
