//! From pixels to the picture that is kept.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView as _, ImageFormat, ImageResult};
use std::io::Cursor;
use vestibule_domain::media::{Picture, PictureFormat, PictureSize};

/// The quality, of 100. Files are a tenth as large as with 100, and look the same.
const JPEG_QUALITY: u8 = 85;
/// An image that is more than this many times larger than the picture is first halved repeatedly, in a quick way.
const MUCH_LARGER: u32 = 4;

/// Scales until the size is filled and cuts off what stands out.
pub(super) fn fill(image: &DynamicImage, size: PictureSize) -> DynamicImage {
    let (width, height) = (u32::from(size.width).max(1), u32::from(size.height).max(1));
    let (x, y, cut_width, cut_height) = middle(image.dimensions(), (width, height));
    let cut = image.crop_imm(x, y, cut_width, cut_height);
    let is_much_larger = cut_width / MUCH_LARGER > width && cut_height / MUCH_LARGER > height;
    let near = if is_much_larger { cut.thumbnail_exact(width * 2, height * 2) } else { cut };
    near.resize_exact(width, height, FilterType::CatmullRom)
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
