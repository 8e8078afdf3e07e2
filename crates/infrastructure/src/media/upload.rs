//! Decoding uploads, which may be hostile.

use std::io::Cursor;

use image::error::{LimitError, LimitErrorKind};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use vestibule_domain::media::BadPicture;

use super::jpeg;

/// How much memory a decoder may take beyond the pixels: tables, rows, profiles.
const OVERHEAD: u64 = 4 << 20;
/// Bytes of a decoded pixel, at the most: four channels.
const BYTES_PER_PIXEL: u64 = 4;

/// Decodes an upload with at most `max_pixels` (width times height), and turns it as its metadata says.
pub(super) fn decode(upload: &[u8], max_pixels: u64) -> Result<DynamicImage, BadPicture> {
    let format = format(upload)?;
    let mut reader = ImageReader::with_format(Cursor::new(upload), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(max_pixels.saturating_mul(BYTES_PER_PIXEL).saturating_add(OVERHEAD));
    reader.limits(limits);
    let judge = |error| judge(&error, max_pixels);
    // Up to here and in the next two lines, only the head is read.
    let mut decoder = reader.into_decoder().map_err(judge)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > max_pixels {
        return Err(BadPicture::TooManyPixels { max: max_pixels });
    }
    if format == ImageFormat::Jpeg && !jpeg::has_end(upload) {
        return Err(BadPicture::Broken);
    }
    // Metadata that makes no sense is ignored.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(judge)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// The format, by the first bytes. Every other format is refused, above all SVG and HTML, which browsers execute.
fn format(upload: &[u8]) -> Result<ImageFormat, BadPicture> {
    match image::guess_format(upload) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => {
            Ok(format)
        }
        Ok(_) | Err(_) => Err(BadPicture::NotAPicture),
    }
}

fn judge(error: &ImageError, max: u64) -> BadPicture {
    let is_too_large = |limit: &LimitError| {
        matches!(limit.kind(), LimitErrorKind::InsufficientMemory | LimitErrorKind::DimensionError)
    };
    match error {
        ImageError::Limits(limit) if is_too_large(limit) => BadPicture::TooManyPixels { max },
        _ => BadPicture::Broken,
    }
}
