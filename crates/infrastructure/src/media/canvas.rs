//! From pixels to the picture that is kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageFormat, ImageResult};
use vestibule_domain::media::{Picture, PictureFormat, PictureSize};

use super::icc::{inks_to_srgb, to_srgb};
use super::upload::Upload;

/// The quality, of 100. Files are a tenth as large as with 100, and look the same.
const JPEG_QUALITY: u8 = 85;
/// An image that is more than this many times larger than the picture is first halved repeatedly, in a quick way.
const MUCH_LARGER: u32 = 4;

/// The picture that fills the size, upright and in the colours of sRGB. The upload is made small first, so that
/// nothing of its size is copied.
pub(super) fn picture(upload: Upload, size: PictureSize) -> DynamicImage {
    let Upload { pixels, orientation, profile } = upload;
    let lies = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let as_it_lies = if lies { PictureSize { width: size.height, height: size.width } } else { size };
    let small = fill(&pixels.image, as_it_lies);
    drop(pixels.image);
    let mut seen = match (small, profile) {
        (DynamicImage::ImageRgba8(inks), profile) if pixels.inks => {
            inks_to_srgb(&inks, profile.as_ref()).into()
        }
        (small, Some(profile)) => to_srgb(small, &profile),
        (small, None) => small,
    };
    seen.apply_orientation(orientation);
    seen
}

/// Scales until the size is filled and cuts off what stands out.
fn fill(image: &DynamicImage, size: PictureSize) -> DynamicImage {
    let (width, height) = (u32::from(size.width).max(1), u32::from(size.height).max(1));
    let (x, y, cut_width, cut_height) = middle(image.dimensions(), (width, height));
    let is_much_larger = cut_width / MUCH_LARGER > width && cut_height / MUCH_LARGER > height;
    // A macro, because the library does not name all that a function over any kind of pixel would have to.
    macro_rules! filled {
        ($pixels:expr) => {{
            let cut = $pixels.view(x, y, cut_width, cut_height);
            if is_much_larger {
                let near = imageops::thumbnail(&*cut, width * 2, height * 2);
                imageops::resize(&near, width, height, FilterType::CatmullRom).into()
            } else {
                imageops::resize(&*cut, width, height, FilterType::CatmullRom).into()
            }
        }};
    }
    match image {
        DynamicImage::ImageLuma8(pixels) => filled!(pixels),
        DynamicImage::ImageLumaA8(pixels) => filled!(pixels),
        DynamicImage::ImageRgb8(pixels) => filled!(pixels),
        DynamicImage::ImageLuma16(pixels) => filled!(pixels),
        DynamicImage::ImageLumaA16(pixels) => filled!(pixels),
        DynamicImage::ImageRgb16(pixels) => filled!(pixels),
        DynamicImage::ImageRgba16(pixels) => filled!(pixels),
        DynamicImage::ImageRgba8(pixels) => filled!(pixels),
        // No decoder makes any other.
        other => filled!(other),
    }
}

/// The largest centred part of an image that has the given shape: left, top, width, height.
fn middle((width, height): (u32, u32), shape: (u32, u32)) -> (u32, u32, u32, u32) {
    let scaled = |side: u32, by: u32, of: u32| {
        let scaled = u64::from(side) * u64::from(by) / u64::from(of.max(1));
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    let cut_width = scaled(height, shape.0, shape.1).min(width);
    let cut_height = scaled(width, shape.1, shape.0).min(height);
    ((width - cut_width) / 2, (height - cut_height) / 2, cut_width, cut_height)
}

/// Encodes opaque pixels as JPEG and others as PNG.
pub(super) fn encode(image: &DynamicImage) -> ImageResult<Picture> {
    let mut bytes = Vec::new();
    if is_opaque(image) {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        image.to_rgb8().write_with_encoder(encoder)?;
        return Ok(Picture { format: PictureFormat::Jpeg, bytes });
    }
    DynamicImage::from(image.to_rgba8()).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
    Ok(Picture { format: PictureFormat::Png, bytes })
}

fn is_opaque(image: &DynamicImage) -> bool {
    !image.color().has_alpha() || image.to_rgba8().pixels().all(|pixel| pixel.0[3] == u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_out_is_cut_off_on_both_sides() {
        assert_eq!(middle((400, 200), (250, 250)), (100, 0, 200, 200));
        assert_eq!(middle((200, 401), (250, 250)), (0, 100, 200, 200));
        assert_eq!(middle((100, 100), (200, 100)), (0, 25, 100, 50));
    }

    #[test]
    fn a_part_of_one_pixel_is_left_of_anything() {
        assert_eq!(middle((1, 10_000), (250, 250)), (0, 4999, 1, 1));
        assert_eq!(middle((10_000, 1), (1, 65_535)), (4999, 0, 1, 1));
    }
}
