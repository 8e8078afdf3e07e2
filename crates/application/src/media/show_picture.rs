use std::ops::Range;
use std::sync::Arc;

use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::ObjectStore;

use crate::Deps;
use crate::error::use_case_error;

/// Shows a picture to everybody who knows its key: 122 random bits, which only its URL tells.
pub struct ShowPicture {
    objects: Arc<dyn ObjectStore>,
}

use_case_error! {
    /// Why the picture was not shown.
    pub enum ShowPictureError {
        /// No picture has this key.
        #[error("no such picture")]
        NotFound => PICTURE_NOT_FOUND,
    }
}

impl ShowPicture {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { objects: deps.objects.clone() }
    }

    /// The picture's length in bytes.
    pub async fn length(&self, key: ObjectKey) -> Result<u64, ShowPictureError> {
        self.objects.length(&key).await?.ok_or(ShowPictureError::NotFound)
    }

    /// The picture's bytes, or those in `range`, which has to lie within the picture.
    pub async fn bytes(
        &self,
        key: ObjectKey,
        range: Option<Range<u64>>,
    ) -> Result<Vec<u8>, ShowPictureError> {
        self.objects.get(&key, range).await?.ok_or(ShowPictureError::NotFound)
    }
}
