//! Decoding uploads, which may be hostile.

use std::io::Cursor;

use image::error::{LimitError, LimitErrorKind};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use vestibule_domain::media::BadPicture;

use super::foreign::foreign;
use super::icc::Profile;
use super::jpeg::{Jpeg, readable};
use super::{png_colours, webp};

/// How much memory a decoder may take beyond the pixels: tables, rows, profiles.
const OVERHEAD: u64 = 4 << 20;
/// Bytes for each pixel, at the most. Four inks of a progressive JPEG take so many: four of the pixel and eight of its
/// coefficients. PNG with 16 bits takes eight.
const BYTES_PER_PIXEL: u64 = 12;
/// Bytes for each pixel that the decoder of GIF keeps beside the pixels: a frame and its indices.
const OWN_BYTES_OF_GIF: u64 = 5;

/// The pixels of an upload.
pub(super) struct Decoded {
    pub(super) image: DynamicImage,
    /// Whether its four channels are inks, and not red, green, blue and opacity.
    pub(super) inks: bool,
}

/// An upload, decoded, and what its metadata says of its pixels.
pub(super) struct Upload {
    pub(super) pixels: Decoded,
    pub(super) orientation: Orientation,
    /// The profile of its colours. `None` means sRGB.
    pub(super) profile: Option<Profile>,
}

/// Decodes an upload with at most `max_pixels` (width times height). The memory that the decoder takes is counted
/// before it begins.
pub(super) fn decode(upload: Vec<u8>, max_pixels: u64) -> Result<Upload, BadPicture> {
    let format = format(&upload)?;
    let most = max_pixels.saturating_mul(BYTES_PER_PIXEL).saturating_add(OVERHEAD);
    let fits = |(width, height): (u32, u32), bytes: u64| {
        let fits = u64::from(width) * u64::from(height) <= max_pixels && bytes <= most;
        if fits { Ok(()) } else { Err(BadPicture::TooManyPixels { max: max_pixels }) }
    };
    if format == ImageFormat::Jpeg {
        let bytes = readable(upload);
        let jpeg = Jpeg::read(&bytes)?;
        fits(jpeg.dimensions(), jpeg.memory())?;
        let orientation = orientation(jpeg.exif());
        let profile = jpeg.profile().and_then(Profile::read);
        return Ok(Upload { orientation, profile, pixels: jpeg.decode()? });
    }
    let upload =
        if format == ImageFormat::WebP { webp::plain(&upload).ok_or(BadPicture::Broken)? } else { upload };
    let mut reader = ImageReader::with_format(Cursor::new(&upload), format);
    let mut limits = Limits::default();
    // What the decoder of PNG keeps beside the pixels: copies of chunks, and the profile.
    let chunks = OVERHEAD.saturating_add((upload.len() as u64).saturating_mul(3));
    limits.max_alloc = Some(if format == ImageFormat::Png { chunks } else { most });
    reader.limits(limits.clone());
    let judge = |error| judge(&error, max_pixels);
    // Up to here and in the next lines, only the head is read.
    let mut decoder = reader.into_decoder().map_err(judge)?;
    let (width, height) = decoder.dimensions();
    let pixels = decoder.total_bytes();
    fits((width, height), pixels)?;
    let own = match format {
        ImageFormat::WebP => {
            let channels = decoder.color_type().channel_count();
            webp::own_memory(&upload, (width, height), channels, most).ok_or(BadPicture::Broken)?
        }
        ImageFormat::Gif => OWN_BYTES_OF_GIF * u64::from(width) * u64::from(height),
        _ => 0,
    };
    fits((width, height), pixels.saturating_add(own))?;
    if format == ImageFormat::Gif {
        // A frame may be larger than the picture, and its indices take a quarter more.
        limits.max_alloc = Some(most.saturating_sub(pixels) / 5 * 4);
        decoder.set_limits(limits).map_err(judge)?;
    }
    let orientation = orientation(decoder.exif_metadata().ok().flatten().as_deref());
    let told = if format == ImageFormat::Png { png_colours::of(&upload) } else { None };
    let profile = told.or_else(|| decoder.icc_profile().ok().flatten().and_then(Profile::read));
    let image = DynamicImage::from_decoder(decoder).map_err(judge)?;
    Ok(Upload { orientation, profile, pixels: Decoded { image, inks: false } })
}

/// How a camera was held. Metadata that makes no sense is ignored.
fn orientation(exif: Option<&[u8]>) -> Orientation {
    // Many programs write this into WebP, too, where it has no place.
    let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// The format, by the first bytes. Every other format is refused, above all SVG and HTML, which browsers execute.
fn format(upload: &[u8]) -> Result<ImageFormat, BadPicture> {
    if let Some(foreign) = foreign(upload) {
        return Err(BadPicture::NotSupported(foreign));
    }
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
