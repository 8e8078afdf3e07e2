//! Changing a contact.

use std::sync::Arc;

use vestibule_domain::contacts::{Contact, ContactFacts, ContactId};
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Replaces the facts of a contact. The picture stays.
pub struct ChangeContact {
    store: Arc<dyn Store>,
}

/// The contact in the actor's address book, and its new facts.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ChangeContactInput {
    /// The owner of the address book.
    pub actor: Actor,
    pub id: ContactId,
    /// Replaces every fact, also by `None`.
    pub facts: ContactFacts,
}

use_case_error! {
    /// Why the contact was not changed.
    pub enum ChangeContactError {
        /// The caller's address book has no contact with this id.
        #[error("there is no such contact")]
        NotFound => CONTACT_NOT_FOUND,
    }
}

impl ChangeContact {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Changes the contact, and answers it as the store has it now.
    pub async fn execute(&self, input: ChangeContactInput) -> Result<Contact, ChangeContactError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &ChangeContactInput) -> Result<Contact, ChangeContactError> {
        let owner = input.actor.account;
        let mut unit = self.store.begin().await?;
        if !unit.contacts().change(owner, input.id, &input.facts).await? {
            return Err(ChangeContactError::NotFound);
        }
        let changed = unit.contacts().by_id(owner, input.id).await?.ok_or(ChangeContactError::NotFound)?;
        unit.commit().await?;
        Ok(changed)
    }
}
