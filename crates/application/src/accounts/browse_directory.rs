//! The directory, from one account on.

use std::sync::Arc;

use vestibule_domain::accounts::{
    DirectoryEntry, DirectoryFilter, DirectoryOrder, DirectoryPlace, ListedState,
};
use vestibule_domain::page::{Part, Reach};
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::error::use_case_error;

/// So many accounts are looked at for a part of a list. A filter that few of very many accounts pass takes several
/// parts: each is answered soon, and says how far it came.
fn looked_at(state: Option<ListedState>, order: DirectoryOrder) -> u64 {
    match order {
        // The account of each entry is looked up.
        DirectoryOrder::Oldest | DirectoryOrder::Newest if state == Some(ListedState::InTrash) => 2_500,
        DirectoryOrder::Oldest | DirectoryOrder::Newest => 20_000,
        // Neighbours in these orders lie anywhere in the store, which takes several times as long for each.
        DirectoryOrder::Name | DirectoryOrder::Address => 5_000,
    }
}

/// Answers the accounts that come after one of them and pass a filter, for an [`Administrator`]. In place of numbered
/// pages, since those read all that came before.
pub struct BrowseDirectory {
    store: Arc<dyn Store>,
}

/// Which part of which accounts.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BrowseDirectoryInput {
    pub administrator: Administrator,
    pub filter: DirectoryFilter,
    pub order: DirectoryOrder,
    /// `None` begins with the first account.
    pub after: Option<DirectoryPlace>,
    pub limit: u64,
}

use_case_error! {
    /// Why there is no list.
    pub enum BrowseDirectoryError {}
}

impl BrowseDirectory {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists. A part with fewer accounts than `limit` and a next place came to the end of what is looked at for a part.
    pub async fn execute(
        &self,
        input: BrowseDirectoryInput,
    ) -> Result<Part<DirectoryEntry, DirectoryPlace>, BrowseDirectoryError> {
        let BrowseDirectoryInput { administrator: _, filter, order, after, limit } = input;
        let reach = Reach { items: limit, looked_at: looked_at(filter.state, order) };
        Ok(self.store.repositories().directory().browse(filter, order, after, reach).await?)
    }
}
