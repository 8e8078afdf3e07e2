//! Setting the picture of a profile.

use std::sync::Arc;

use vestibule_domain::accounts::Account;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::store::Store;

use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::media::{RemovePicture, StorePicture, StorePictureError, StorePictureInput};
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Gives the profile of the caller another picture. The old picture is removed.
pub struct SetProfilePicture {
    store: Arc<dyn Store>,
    store_picture: StorePicture,
    remove_picture: RemovePicture,
    audit: AuditTrail,
}

/// Whose picture, and the bytes as they were sent.
#[expect(missing_docs, reason = "the names say it")]
pub struct SetProfilePictureInput {
    pub actor: Actor,
    pub upload: Vec<u8>,
}

use_case_error! {
    /// Why the picture was not set.
    pub enum SetProfilePictureError {
        /// The account went while the picture was read.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        ..Picture(StorePictureError),
    }
}

impl SetProfilePicture {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            store_picture: StorePicture::new(deps),
            remove_picture: RemovePicture::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Sets the picture, and answers its key.
    pub async fn execute(&self, input: SetProfilePictureInput) -> Result<ObjectKey, SetProfilePictureError> {
        let SetProfilePictureInput { actor, upload } = input;
        let (folder, size) = (MediaFolder::Profiles, PictureSize::AVATAR);
        let key = self.store_picture.execute(StorePictureInput { folder, size, upload }).await?;
        match retrying(|| self.replace(&actor, key)).await {
            Ok(replaced) => {
                if let Some(replaced) = replaced {
                    self.remove_picture.execute(replaced).await;
                }
                Ok(key)
            }
            Err(error) => {
                // A commit that failed may still take effect, and then the row refers to the picture. So the picture
                // is left to the sweep.
                if matches!(error, SetProfilePictureError::NotFound) {
                    self.remove_picture.execute(key).await;
                }
                Err(error)
            }
        }
    }

    /// Writes the new picture, and answers the picture that the profile had.
    async fn replace(
        &self,
        actor: &Actor,
        key: ObjectKey,
    ) -> Result<Option<ObjectKey>, SetProfilePictureError> {
        let mut unit = self.store.begin().await?;
        let account = unit.accounts().lock(actor.account).await?.filter(Account::may_sign_in);
        if account.is_none() {
            return Err(SetProfilePictureError::NotFound);
        }
        let before = unit.profiles().of(actor.account).await?.picture;
        unit.profiles().set_picture(actor.account, key).await?;
        self.audit.record(&mut *unit, &Entry::own(AuditAction::AvatarSet, actor.uuid)).await?;
        unit.commit().await?;
        Ok(before)
    }
}
