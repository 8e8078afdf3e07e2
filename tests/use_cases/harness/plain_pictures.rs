//! Pictures that nobody decodes.

use async_trait::async_trait;
use vestibule_domain::media::{BadPicture, Picture, PictureFormat, PictureSize};
use vestibule_domain::ports::{PictureError, PictureProcessor};

/// A PNG of one red pixel.
pub const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

/// What its pictures begin with, as each JPEG does (ITU-T T.81, annex B).
const JPEG: &[u8] = &[0xff, 0xd8, 0xff];

/// A processor that knows [`PICTURE`] alone. What begins like it and is another upload is broken.
/// It behaves like the real one as far as `tests/contract/picture_processor.rs` tells.
pub struct PlainPictures;

#[async_trait]
impl PictureProcessor for PlainPictures {
    async fn process(&self, upload: Vec<u8>, _: PictureSize) -> Result<Picture, PictureError> {
        if upload == PICTURE {
            Ok(Picture { format: PictureFormat::Jpeg, bytes: JPEG.to_vec() })
        } else if upload.starts_with(&PICTURE[..8]) {
            Err(PictureError::Bad(BadPicture::Broken))
        } else {
            Err(PictureError::Bad(BadPicture::NotAPicture))
        }
    }
}
