use std::sync::Arc;

use vestibule_domain::media::{BadPicture, MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::ports::{IdGenerator, ObjectStore, PictureError, PictureProcessor};

use crate::error::use_case_error;
use crate::{Code, CodedError, Deps, Failure, codes};

/// Makes a picture of an upload and keeps it under a key that nobody had before.
///
/// It is the first of three steps, and runs before the unit of work: then the caller saves the key in its
/// row, and after the commit gives the key that stood there to [`RemovePicture`](super::RemovePicture). Where
/// that is cut off, an object is left that no row refers to, for [`SweepOrphans`](super::SweepOrphans).
pub struct StorePicture {
    pictures: Arc<dyn PictureProcessor>,
    objects: Arc<dyn ObjectStore>,
    ids: Arc<dyn IdGenerator>,
}

/// What to make a picture of.
#[derive(Debug, Clone)]
pub struct StorePictureInput {
    /// What it is a picture of.
    pub folder: MediaFolder,
    /// How large it becomes.
    pub size: PictureSize,
    /// The bytes as they came; their name and declared type do not matter.
    pub upload: Vec<u8>,
}

use_case_error! {
    /// Why no picture was kept.
    pub enum StorePictureError {
        ..Bad(BadPicture),
    }
}

impl From<PictureError> for StorePictureError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Bad(bad) => Self::Bad(bad),
            PictureError::Busy { retry_after } => {
                Self::Failure(Failure::Unavailable { retry_after, cause: error.into() })
            }
            PictureError::Failed(_) => Self::Failure(Failure::Internal(error.into())),
        }
    }
}

impl CodedError for BadPicture {
    fn code(&self) -> Code {
        match self {
            Self::NotAPicture => codes::NOT_A_PICTURE,
            Self::TooManyPixels { .. } => codes::PICTURE_TOO_LARGE,
            Self::Broken => codes::PICTURE_BROKEN,
        }
    }
}

impl StorePicture {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { pictures: deps.pictures.clone(), objects: deps.objects.clone(), ids: deps.ids.clone() }
    }

    /// Keeps it, and answers its key.
    pub async fn execute(&self, input: StorePictureInput) -> Result<ObjectKey, StorePictureError> {
        let picture = self.pictures.process(input.upload, input.size).await?;
        let key = ObjectKey::new(input.folder, self.ids.random(), picture.format);
        self.objects.put(&key, picture.bytes).await?;
        Ok(key)
    }
}
