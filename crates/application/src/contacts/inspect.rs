//! Somebody's address book, as operators see it.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactId};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Answers a part of the address book of any account, in order of ids.
pub struct InspectContacts {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why no contacts were answered.
    pub enum InspectContactsError {}
}

impl InspectContacts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The contacts behind `after`, `limit` at the most. It need not exist; without it the first ones.
    pub async fn execute(
        &self,
        _administrator: Administrator,
        owner: AccountId,
        after: Option<ContactId>,
        limit: u64,
    ) -> Result<Vec<Contact>, InspectContactsError> {
        let after = after.unwrap_or(ContactId(0));
        let read = || async { self.store.repositories().contacts().after(owner, after, limit).await };
        Ok(retrying(read).await?)
    }
}
