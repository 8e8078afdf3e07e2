//! Searching the address book.

use std::sync::Arc;

use vestibule_domain::contacts::{Contact, ContactSearch};
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::{Actor, Deps};

/// Answers the best match in the caller's address book.
pub struct FindContact {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why no contact was answered.
    pub enum FindContactError {
        /// No name and no address has the text as a part.
        #[error("there is no such contact")]
        NotFound => CONTACT_NOT_FOUND,
    }
}

impl FindContact {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Searches for a part of a name or an address. [`ContactSearch`] says which match is best.
    pub async fn execute(&self, actor: &Actor, text: &str) -> Result<Contact, FindContactError> {
        // No stored text has a NUL character, and not every store accepts one in a query.
        if text.contains('\0') {
            return Err(FindContactError::NotFound);
        }
        let search = ContactSearch::new(text);
        let found = self.store.repositories().contacts().find(actor.account, &search).await?;
        found.ok_or(FindContactError::NotFound)
    }
}
