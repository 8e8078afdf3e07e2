//! What is uploaded by people, and by others.

mod attacks;
mod colours;
mod crafted;
mod crafted_webp;
mod liberties;
mod memory;
mod photos;
mod webp;

use std::io::Cursor;
use std::num::NonZeroUsize;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use vestibule_domain::media::{BadPicture, Picture, PictureFormat, PictureSize};
use vestibule_domain::ports::{PictureError, PictureProcessor as _};

use super::{PictureSettings, Pictures};

const MAX_PIXELS: u64 = 1_000_000;

fn pictures(queue: usize) -> Pictures {
    let threads = NonZeroUsize::MIN;
    Pictures::new(PictureSettings { max_pixels: MAX_PIXELS, threads, queue }).unwrap()
}

async fn avatar(upload: impl Into<Vec<u8>>) -> Result<Picture, PictureError> {
    pictures(1).process(upload.into(), PictureSize::AVATAR).await
}

async fn refused(upload: impl Into<Vec<u8>>) -> BadPicture {
    match avatar(upload).await {
        Err(PictureError::Bad(bad)) => bad,
        Err(other) => panic!("another error: {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

/// The pixels of a picture that was made.
async fn seen(upload: impl Into<Vec<u8>>) -> (PictureFormat, RgbaImage) {
    let picture = avatar(upload).await.unwrap();
    (picture.format, image::load_from_memory(&picture.bytes).unwrap().to_rgba8())
}

const RED: Rgba<u8> = Rgba([255, 0, 0, 255]);
const BLUE: Rgba<u8> = Rgba([0, 0, 255, 255]);

/// Red on the left, blue on the right.
fn flag(width: u32, height: u32) -> DynamicImage {
    RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE }).into()
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = if format == ImageFormat::Jpeg { image.to_rgb8().into() } else { image.clone() };
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// Whether a pixel is about of a colour: JPEG is not exact.
fn is_about(pixel: Rgba<u8>, colour: Rgba<u8>) -> bool {
    pixel.0.iter().zip(colour.0).all(|(one, other)| one.abs_diff(other) < 40)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
