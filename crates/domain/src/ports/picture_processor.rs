//! Making pictures out of uploads.

use std::time::Duration;

use async_trait::async_trait;

use crate::Cause;
use crate::media::{BadPicture, Picture, PictureSize};

/// Why an upload gave no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The upload is not acceptable.
    #[error(transparent)]
    Bad(BadPicture),
    /// The queue in front of the processor is full.
    #[error("too many pictures are being processed")]
    Busy {
        /// When another try is likely to succeed.
        retry_after: Duration,
    },
    /// The pixels could not be encoded.
    #[error("the picture processor failed")]
    Failed(#[source] Cause),
}

/// Decodes uploads and encodes their pixels anew, away from the threads that answer requests.
///
/// MUST judge an upload by its content alone. MUST check the dimensions before it decodes a pixel. MUST keep nothing
/// but pixels: no metadata, and no bytes behind the picture. The orientation in the metadata is applied. Of an
/// animation, the first picture is used.
#[async_trait]
pub trait PictureProcessor: Send + Sync {
    /// Makes a picture of exactly this size.
    async fn process(&self, upload: Vec<u8>, size: PictureSize) -> Result<Picture, PictureError>;
}
