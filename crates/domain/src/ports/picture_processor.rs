//! Making pictures out of uploads.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;
use crate::media::{BadPicture, Picture, PictureSize};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The upload is at fault.
    #[error(transparent)]
    Bad(BadPicture),
    /// The queue in front of the processor is full.
    #[error("too many pictures are being processed")]
    Busy {
        /// After which time another try is likely to succeed.
        retry_after: Duration,
    },
    /// The processor failed.
    #[error("the picture processor failed")]
    Failed(#[source] Cause),
}

/// Decodes uploads and encodes their pixels anew, away from the threads that answer requests.
///
/// MUST judge an upload by its content alone; MUST look at its dimensions before it decodes a pixel; MUST
/// NOT let anything of it but pixels into the picture: no metadata, nothing that was appended. The
/// orientation that metadata tells is applied. Of an animation the first picture counts.
#[async_trait]
pub trait PictureProcessor: Send + Sync {
    /// Makes a picture that fills the size.
    async fn process(&self, upload: Vec<u8>, size: PictureSize) -> Result<Picture, PictureError>;
}
