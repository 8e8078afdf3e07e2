//! Setting the picture of a contact.

use std::sync::Arc;

use vestibule_domain::audit::AuditAction;
use vestibule_domain::contacts::{Avatar, Contact, ContactId, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::store::Store;

use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::media::{RemovePicture, StorePicture, StorePictureError, StorePictureInput};
use crate::retry::retrying;
use crate::{Actor, Deps, Failure};

/// Gives a contact another picture. The old picture is removed, if it was uploaded here.
pub struct SetContactAvatar {
    store: Arc<dyn Store>,
    store_picture: StorePicture,
    remove_picture: RemovePicture,
    audit: AuditTrail,
}

/// The contact in the actor's address book, and its new picture.
#[expect(missing_docs, reason = "the names say it")]
pub struct SetContactAvatarInput<'a> {
    /// The owner of the address book.
    pub actor: Actor,
    pub id: ContactId,
    /// The bytes as they were sent.
    pub upload: Vec<u8>,
    /// Makes the URL under which a picture is shown.
    pub url_of: &'a (dyn Fn(&ObjectKey) -> String + Send + Sync),
}

use_case_error! {
    /// Why the picture was not set.
    pub enum SetContactAvatarError {
        /// The caller's address book has no contact with this id.
        #[error("there is no such contact")]
        NotFound => CONTACT_NOT_FOUND,
        ..Picture(StorePictureError),
    }
}

impl SetContactAvatar {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            store_picture: StorePicture::new(deps),
            remove_picture: RemovePicture::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Sets the picture, and answers the contact. A contact of somebody else is refused before the upload is decoded.
    pub async fn execute(&self, input: SetContactAvatarInput<'_>) -> Result<Contact, SetContactAvatarError> {
        let SetContactAvatarInput { actor, id, upload, url_of } = input;
        let owner = actor.account;
        let found = self.store.repositories().contacts().by_id(owner, id).await?;
        if found.is_none() {
            return Err(SetContactAvatarError::NotFound);
        }
        let (folder, size) = (MediaFolder::Contacts, PictureSize::AVATAR);
        let key = self.store_picture.execute(StorePictureInput { folder, size, upload }).await?;
        let url = Text::parse(url_of(&key)).map_err(|error| Failure::Internal(error.into()));
        let avatar = Avatar { url: url.map_err(SetContactAvatarError::Failure)?, object: Some(key) };

        match retrying(|| self.replace(&actor, id, &avatar)).await {
            Ok((contact, replaced)) => {
                if let Some(key) = replaced {
                    self.remove_picture.execute(key).await;
                }
                Ok(contact)
            }
            Err(error) => {
                // A commit that failed may still take effect, and then the row refers to the picture. So the picture
                // is left to the sweep.
                if matches!(error, SetContactAvatarError::NotFound) {
                    self.remove_picture.execute(key).await;
                }
                Err(error)
            }
        }
    }

    /// Writes the new picture, and answers the contact and the picture that it had.
    async fn replace(
        &self,
        actor: &Actor,
        id: ContactId,
        avatar: &Avatar,
    ) -> Result<(Contact, Option<ObjectKey>), SetContactAvatarError> {
        let owner = actor.account;
        let mut unit = self.store.begin().await?;
        let before = unit.contacts().lock(owner, id).await?.ok_or(SetContactAvatarError::NotFound)?;
        if !unit.contacts().set_avatar(owner, id, avatar).await? {
            return Err(SetContactAvatarError::NotFound);
        }
        let entry = Entry::own(AuditAction::AvatarSet, actor.uuid).with("contact", id.0);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        let replaced = before.avatar.as_ref().and_then(|avatar| avatar.object);
        Ok((Contact { avatar: Some(avatar.clone()), ..before }, replaced))
    }
}
