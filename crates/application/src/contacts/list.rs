//! The address book, page by page.

use std::sync::Arc;

use vestibule_domain::contacts::Contact;
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::{Store, StoreError};

use crate::error::failures;
use crate::{Actor, CodedError, Deps, ErrorKind, Failure};

/// Answers a part of the address book of the one who asks, in order of ids.
pub struct ListContacts {
    store: Arc<dyn Store>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum ListContactsError {
    /// Anything.
    Failure(Failure),
}

failures!(ListContactsError: StoreError);

impl CodedError for ListContactsError {
    fn kind(&self) -> ErrorKind {
        let Self::Failure(failure) = self;
        failure.kind()
    }

    fn code(&self) -> &'static str {
        let Self::Failure(failure) = self;
        failure.code("list_contacts_failed")
    }
}

impl ListContacts {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists. A page past the end is empty.
    pub async fn execute(&self, actor: &Actor, page: PageRequest) -> Result<Vec<Contact>, ListContactsError> {
        Ok(self.store.repositories().contacts().list(actor.account, page).await?)
    }
}
