//! Adding a contact.

use std::sync::Arc;

use vestibule_domain::contacts::{Avatar, Contact, ContactFacts, NewContact};
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Adds a contact to the caller's address book.
pub struct CreateContact {
    store: Arc<dyn Store>,
}

/// The contact to add to the actor's address book.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CreateContactInput {
    /// The owner of the address book.
    pub actor: Actor,
    pub facts: ContactFacts,
    /// The picture's URL. It must not name an uploaded picture.
    pub avatar: Avatar,
}

use_case_error! {
    /// Why the contact was not added.
    pub enum CreateContactError {}
}

impl CreateContact {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Adds the contact, and answers it with its id.
    pub async fn execute(&self, input: CreateContactInput) -> Result<Contact, CreateContactError> {
        let CreateContactInput { actor, facts, avatar } = input;
        let contact = NewContact { owner: actor.account, facts, avatar: Some(avatar) };
        let add = async || self.store.repositories().contacts().insert(&contact).await;
        let id = retrying(add).await?;
        let NewContact { owner, facts, avatar } = contact;
        Ok(Contact { id, owner, facts, avatar })
    }
}
