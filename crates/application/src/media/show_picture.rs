use std::ops::Range;
use std::sync::Arc;

use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::ObjectStore;

use crate::Deps;
use crate::error::use_case_error;

/// Shows a picture to whoever knows its key: 122 random bits that only its address tells.
pub struct ShowPicture {
    objects: Arc<dyn ObjectStore>,
}

use_case_error! {
    /// Why it is not shown.
    pub enum ShowPictureError {
        /// There is none of this key.
        #[error("no such picture")]
        NotFound => PICTURE_NOT_FOUND,
    }
}

impl ShowPicture {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { objects: deps.objects.clone() }
    }

    /// Its length in bytes.
    pub async fn length(&self, key: ObjectKey) -> Result<u64, ShowPictureError> {
        self.objects.length(&key).await?.ok_or(ShowPictureError::NotFound)
    }

    /// Its bytes; with a range, which has to lie within it, only those.
    pub async fn bytes(
        &self,
        key: ObjectKey,
        range: Option<Range<u64>>,
    ) -> Result<Vec<u8>, ShowPictureError> {
        self.objects.get(&key, range).await?.ok_or(ShowPictureError::NotFound)
    }
}
