use std::sync::Arc;

use vestibule_domain::media::{BadPicture, MediaFolder, ObjectKey, PictureSize};
use vestibule_domain::ports::{IdGenerator, ObjectStore, PictureError, PictureProcessor};

use crate::error::use_case_error;
use crate::{Code, CodedError, Deps, Failure, codes};

/// Makes a picture of an upload and stores it under a new key.
///
/// This is the first of three steps, and runs before the unit of work. Second, the caller stores the key in its row
/// and commits. Third, the caller gives the key that the row had before to [`RemovePicture`](super::RemovePicture).
/// If the steps are cut off, an object is left that no row refers to; [`SweepOrphans`](super::SweepOrphans) removes
/// it.
pub struct StorePicture {
    pictures: Arc<dyn PictureProcessor>,
    objects: Arc<dyn ObjectStore>,
    ids: Arc<dyn IdGenerator>,
}

/// The upload, and the picture to make of it.
#[derive(Debug, Clone)]
pub struct StorePictureInput {
    /// What the picture shows.
    pub folder: MediaFolder,
    /// The size of the picture that is stored.
    pub size: PictureSize,
    /// The bytes as they were sent. Their name and declared type do not matter.
    pub upload: Vec<u8>,
}

use_case_error! {
    /// Why no picture was stored.
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
            Self::NotSupported(_) => codes::PICTURE_NOT_SUPPORTED,
            Self::TooManyPixels { .. } => codes::PICTURE_TOO_LARGE,
            Self::Broken => codes::PICTURE_BROKEN,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotSupported(format) => vec![("format", format.to_string())],
            Self::NotAPicture | Self::TooManyPixels { .. } | Self::Broken => Vec::new(),
        }
    }
}

impl StorePicture {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { pictures: deps.pictures.clone(), objects: deps.objects.clone(), ids: deps.ids.clone() }
    }

    /// Stores the picture, and answers its key.
    pub async fn execute(&self, input: StorePictureInput) -> Result<ObjectKey, StorePictureError> {
        let picture = self.pictures.process(input.upload, input.size).await?;
        let key = ObjectKey::new(input.folder, self.ids.random(), picture.format);
        self.objects.put(&key, picture.bytes).await?;
        Ok(key)
    }
}
