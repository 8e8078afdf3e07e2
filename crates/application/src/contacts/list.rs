//! The address book, page by page.

use std::sync::Arc;

use vestibule_domain::contacts::Contact;
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::{Actor, Deps};

/// Answers a part of the caller's address book, in order of ids.
pub struct ListContacts {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why no page was answered.
    pub enum ListContactsError {}
}

impl ListContacts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// A part of the list. It is empty past the end.
    pub async fn execute(&self, actor: &Actor, page: PageRequest) -> Result<Vec<Contact>, ListContactsError> {
        Ok(self.store.repositories().contacts().list(actor.account, page).await?)
    }
}
