//! Removing a contact.

use std::sync::Arc;

use vestibule_domain::contacts::{Contact, ContactId};
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::media::RemovePicture;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Removes a contact and its picture from the caller's address book.
pub struct RemoveContact {
    store: Arc<dyn Store>,
    remove_picture: RemovePicture,
}

use_case_error! {
    /// Why the contact was not removed.
    pub enum RemoveContactError {
        /// The caller's address book has no contact with this id.
        #[error("there is no such contact")]
        NotFound => CONTACT_NOT_FOUND,
    }
}

impl RemoveContact {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), remove_picture: RemovePicture::new(deps) }
    }

    /// Removes the contact, and answers what it was.
    pub async fn execute(&self, actor: &Actor, id: ContactId) -> Result<Contact, RemoveContactError> {
        let contact = retrying(|| self.attempt(actor, id)).await?;
        if let Some(key) = contact.avatar.as_ref().and_then(|avatar| avatar.object) {
            self.remove_picture.execute(key).await;
        }
        Ok(contact)
    }

    async fn attempt(&self, actor: &Actor, id: ContactId) -> Result<Contact, RemoveContactError> {
        let mut unit = self.store.begin().await?;
        let contact = unit.contacts().lock(actor.account, id).await?.ok_or(RemoveContactError::NotFound)?;
        if !unit.contacts().remove(actor.account, id).await? {
            return Err(RemoveContactError::NotFound);
        }
        unit.commit().await?;
        Ok(contact)
    }
}
