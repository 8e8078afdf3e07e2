//! Searching the address book.

use std::sync::Arc;

use vestibule_domain::contacts::{Contact, ContactSearch};
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::{Actor, Deps};

/// Answers the best hit in the address book of the one who asks.
pub struct FindContact {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is no hit.
    pub enum FindContactError {
        /// Neither a name nor an address has this part.
        #[error("there is no such contact")]
        NotFound => CONTACT_NOT_FOUND,
    }
}

impl FindContact {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Searches for a part of a name or an address, in the order of [`ContactSearch`].
    pub async fn execute(&self, actor: &Actor, text: &str) -> Result<Contact, FindContactError> {
        // No text that is kept has a NUL character, and not every store takes one in a question.
        if text.contains('\0') {
            return Err(FindContactError::NotFound);
        }
        let search = ContactSearch::new(text);
        let found = self.store.repositories().contacts().find(actor.account, &search).await?;
        found.ok_or(FindContactError::NotFound)
    }
}
