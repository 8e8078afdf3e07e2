//! A new contact.

use std::sync::Arc;

use vestibule_domain::contacts::{Avatar, Contact, ContactFacts, NewContact};
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Adds a contact to the address book of the one who asks.
pub struct CreateContact {
    store: Arc<dyn Store>,
}

/// Who adds whom.
#[derive(Debug)]
pub struct CreateContactInput {
    /// The owner of the address book.
    pub actor: Actor,
    /// What is known of the person.
    pub facts: ContactFacts,
    /// Where a picture of the person is; not one that was uploaded here.
    pub avatar: Avatar,
}

use_case_error! {
    /// Why there is no new contact.
    pub enum CreateContactError {}
}

impl CreateContact {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Adds the contact and answers it.
    pub async fn execute(&self, input: CreateContactInput) -> Result<Contact, CreateContactError> {
        let CreateContactInput { actor, facts, avatar } = input;
        let contact = NewContact { owner: actor.account, facts, avatar: Some(avatar) };
        let add = async || self.store.repositories().contacts().insert(&contact).await;
        let id = retrying(add).await?;
        let NewContact { owner, facts, avatar } = contact;
        Ok(Contact { id, owner, facts, avatar })
    }
}
