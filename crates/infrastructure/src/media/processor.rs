use std::num::NonZeroUsize;
use std::time::Duration;

use async_trait::async_trait;
use image::ImageError;
use vestibule_domain::media::{BadPicture, Picture, PictureSize};
use vestibule_domain::ports::{PictureError, PictureProcessor};

use super::{canvas, upload};
use crate::pool::{Full, Pool};

/// The usual time for a photo.
const USUAL_TIME: Duration = Duration::from_millis(200);

/// How pictures are made.
#[derive(Debug, Clone, Copy)]
pub struct PictureSettings {
    /// How many pixels an upload may have, width times height. Decoding takes at most twelve bytes of memory for each
    /// pixel, and 4 MiB, on every thread.
    pub max_pixels: u64,
    /// How many uploads are decoded at once.
    pub threads: NonZeroUsize,
    /// How many more uploads may wait, each held in memory.
    pub queue: usize,
}

impl PictureSettings {
    /// Half of the cores, so that decoding leaves time for answers, and a short queue.
    pub fn with_max_pixels(max_pixels: u64) -> Self {
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let threads = NonZeroUsize::new(cores.get() / 2).unwrap_or(NonZeroUsize::MIN);
        Self { max_pixels, threads, queue: 16 }
    }
}

/// Makes pictures with the `image` crate, on threads of its own, which end when this is dropped.
pub struct Pictures {
    pool: Pool,
    max_pixels: u64,
}

impl Pictures {
    /// Starts the threads.
    pub fn new(settings: PictureSettings) -> std::io::Result<Self> {
        let pool = Pool::start("picture", settings.threads.get(), settings.queue, USUAL_TIME)?;
        Ok(Self { pool, max_pixels: settings.max_pixels })
    }
}

#[async_trait]
impl PictureProcessor for Pictures {
    async fn process(&self, upload: Vec<u8>, size: PictureSize) -> Result<Picture, PictureError> {
        let max_pixels = self.max_pixels;
        let picture = self.pool.submit(move || make(upload, size, max_pixels));
        let picture = picture.map_err(|Full { retry_after }| PictureError::Busy { retry_after })?;
        match picture.await {
            Ok(made) => made,
            // The pool has logged the panic. A decoder that panics is a defect, but what triggers it is a broken
            // upload.
            Err(_panicked) => Err(PictureError::Bad(BadPicture::Broken)),
        }
    }
}

fn make(upload: Vec<u8>, size: PictureSize, max_pixels: u64) -> Result<Picture, PictureError> {
    let upload = upload::decode(upload, max_pixels).map_err(PictureError::Bad)?;
    canvas::encode(&canvas::picture(upload, size))
        .map_err(|error: ImageError| PictureError::Failed(error.into()))
}
