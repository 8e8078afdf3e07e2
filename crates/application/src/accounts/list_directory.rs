//! The directory, page by page.

use std::sync::Arc;

use vestibule_domain::accounts::{DirectoryPage, NamePart};
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::error::use_case_error;

/// Answers a part of the list of all accounts that are not in the trash, for an [`Administrator`].
pub struct ListDirectory {
    store: Arc<dyn Store>,
}

/// Which part.
#[derive(Debug)]
pub struct ListDirectoryInput {
    /// Who may.
    pub administrator: Administrator,
    /// A part that the user name contains; see [`NamePart::new`].
    pub part: Option<NamePart>,
    /// The page.
    pub page: PageRequest,
}

use_case_error! {
    /// Why there is no page.
    pub enum ListDirectoryError {}
}

impl ListDirectory {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists. A page past the end is empty.
    pub async fn execute(&self, input: ListDirectoryInput) -> Result<DirectoryPage, ListDirectoryError> {
        Ok(self.store.repositories().directory().page(input.part.as_ref(), input.page).await?)
    }
}
