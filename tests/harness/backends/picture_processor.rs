//! Processors of pictures.

use std::sync::Arc;

use vestibule_domain::ports::PictureProcessor;
use vestibule_infrastructure::media::{PictureSettings, Pictures};
use vestibule_use_case_tests::PlainPictures;

use super::Backend;

/// That of the server.
pub async fn decoding() -> Backend<Arc<dyn PictureProcessor>> {
    let settings = PictureSettings::with_max_pixels(1_000_000);
    Backend::alone(Arc::new(Pictures::new(settings).unwrap()))
}

/// That of the tests of use cases.
pub async fn plain() -> Backend<Arc<dyn PictureProcessor>> {
    Backend::alone(Arc::new(PlainPictures))
}
