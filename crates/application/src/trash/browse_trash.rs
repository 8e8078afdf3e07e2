//! The trash, from one entry on.

use std::sync::Arc;

use vestibule_domain::page::Part;
use vestibule_domain::store::Store;
use vestibule_domain::trash::{TrashEntry, TrashPlace};

use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;

/// Answers the entries of the trash that come after one of them, what lies there longest first, for an
/// [`Administrator`]. In place of numbered pages, since those read all that came before.
pub struct BrowseTrash {
    store: Arc<dyn Store>,
}

/// Which part.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BrowseTrashInput {
    pub administrator: Administrator,
    /// `None` begins with the oldest entry.
    pub after: Option<TrashPlace>,
    pub limit: u64,
}

use_case_error! {
    /// Why there is no list.
    pub enum BrowseTrashError {}
}

impl BrowseTrash {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists.
    pub async fn execute(
        &self,
        input: BrowseTrashInput,
    ) -> Result<Part<TrashEntry, TrashPlace>, BrowseTrashError> {
        let BrowseTrashInput { administrator: _, after, limit } = input;
        Ok(self.store.repositories().trash().after(after, limit).await?)
    }
}
