use std::ops::Range;
use std::sync::Arc;

use vestibule_domain::media::ObjectKey;
use vestibule_domain::ports::{ObjectError, ObjectStore};

use crate::error::failures;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Shows a picture to whoever knows its key: 122 random bits that only its address tells.
pub struct ShowPicture {
    objects: Arc<dyn ObjectStore>,
}

/// Why it is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowPictureError {
    /// There is none of this key.
    #[error("no such picture")]
    NotFound,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(ShowPictureError: ObjectError);

impl CodedError for ShowPictureError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "picture_not_found",
            Self::Failure(failure) => failure.code("picture_not_shown"),
        }
    }
}

impl ShowPicture {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
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
