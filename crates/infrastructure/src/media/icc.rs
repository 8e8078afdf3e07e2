//! Colour profiles (ICC.1:2022): the colours of a picture as sRGB has them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, ProfileClass, Transform8BitExecutor, TransformOptions};
use std::sync::Arc;

use super::icc_tags::colours_alone;

/// A profile over this many bytes is not looked at. Those of presses have up to 3 MB.
const LARGEST: usize = 4 << 20;
/// White comes out at least this light in every channel, or the profile is absurd.
const LEAST_WHITE: u8 = 128;

/// The colours of pixels that are told in red, green and blue, or in grey.
pub(super) fn to_srgb(image: DynamicImage, profile: &Profile) -> DynamicImage {
    let opaque = !image.color().has_alpha();
    if profile.space() == DataColorSpace::Gray {
        if image.color().has_color() {
            return image;
        }
        let pixels = image.to_luma_alpha8();
        let Some(seen) = profile.converted(pixels.as_raw(), Layout::GrayAlpha, Layout::Rgba) else {
            return image;
        };
        return shaped(&image, seen, opaque);
    }
    let pixels = image.to_rgba8();
    match profile.converted(pixels.as_raw(), Layout::Rgba, Layout::Rgba) {
        Some(seen) => shaped(&image, seen, opaque),
        None => image,
    }
}

fn shaped(image: &DynamicImage, rgba: Vec<u8>, opaque: bool) -> DynamicImage {
    match RgbaImage::from_raw(image.width(), image.height(), rgba) {
        Some(seen) if opaque => DynamicImage::from(DynamicImage::from(seen).to_rgb8()),
        Some(seen) => seen.into(),
        None => image.clone(),
    }
}

/// The colours of pixels that are told in four inks, each 255 where there is none of it, as JPEG has them.
///
/// Without a profile of inks, each ink takes away the light of its own channel.
pub(super) fn inks_to_srgb(inks: &RgbaImage, profile: Option<&Profile>) -> RgbImage {
    let by_profile = profile.filter(|profile| profile.space() == DataColorSpace::Cmyk).and_then(|profile| {
        let given: Vec<u8> = inks.as_raw().iter().map(|ink| u8::MAX - ink).collect();
        // A layout of four inks is that of four channels.
        let seen = profile.converted(&given, Layout::Rgba, Layout::Rgb)?;
        RgbImage::from_raw(inks.width(), inks.height(), seen)
    });
    by_profile.unwrap_or_else(|| {
        RgbImage::from_fn(inks.width(), inks.height(), |x, y| {
            let [cyan, magenta, yellow, black] = inks.get_pixel(x, y).0;
            let left = |ink: u8| {
                let both = u16::from(ink) * u16::from(black) / u16::from(u8::MAX);
                u8::try_from(both).unwrap_or(u8::MAX)
            };
            image::Rgb([left(cyan), left(magenta), left(yellow)])
        })
    })
}

/// A profile that can be applied.
pub(super) struct Profile(Box<ColorProfile>);

impl Profile {
    /// Reads a profile. `None` if it is broken, or is not one of a device of greys, of colours or of four inks: the
    /// picture is then taken for sRGB, as if it had none.
    pub(super) fn read(bytes: Vec<u8>) -> Option<Self> {
        if bytes.len() > LARGEST {
            return None;
        }
        let bytes = colours_alone(bytes)?;
        let profile = guarded(|| ColorProfile::new_from_slice(&bytes).ok())?;
        let is_of_device = matches!(
            profile.profile_class,
            ProfileClass::InputDevice
                | ProfileClass::DisplayDevice
                | ProfileClass::OutputDevice
                | ProfileClass::ColorSpace
        );
        let is_known =
            matches!(profile.color_space, DataColorSpace::Rgb | DataColorSpace::Gray | DataColorSpace::Cmyk);
        (is_of_device && is_known).then(|| Self(Box::new(profile)))
    }

    /// The profile of the code points of a PNG (ITU-T H.273). `None` for high dynamic range, which has no place in
    /// eight bits without a mapping of tones.
    pub(super) fn of_code_points(primaries: u8, transfer: u8) -> Option<Self> {
        /// Perceptual quantisation and hybrid log-gamma.
        const HIGH_RANGE: [u8; 2] = [16, 18];
        if HIGH_RANGE.contains(&transfer) {
            return None;
        }
        let code_points = moxcms::CicpProfile {
            color_primaries: moxcms::CicpColorPrimaries::try_from(primaries).ok()?,
            transfer_characteristics: moxcms::TransferCharacteristics::try_from(transfer).ok()?,
            matrix_coefficients: moxcms::MatrixCoefficients::Identity,
            full_range: true,
        };
        let profile = guarded(|| Some(ColorProfile::new_from_cicp(code_points)))?;
        profile.is_matrix_shaper().then(|| Self(Box::new(profile)))
    }

    fn space(&self) -> DataColorSpace {
        self.0.color_space
    }

    /// Converts pixels of eight bits a channel. `None` if the profile cannot be applied or is absurd.
    fn converted(&self, pixels: &[u8], from: Layout, to: Layout) -> Option<Vec<u8>> {
        let white: &[u8] = match (self.space(), from) {
            (DataColorSpace::Cmyk, _) => &[0, 0, 0, 0],
            (DataColorSpace::Gray, Layout::GrayAlpha) => &[255, 255],
            (DataColorSpace::Rgb, Layout::Rgba) => &[255, 255, 255, 255],
            _ => return None,
        };
        guarded(|| {
            let options = TransformOptions::default();
            let transform =
                self.0.create_transform_8bit(from, &ColorProfile::new_srgb(), to, options).ok()?;
            let seen = apply(&transform, white, from, to)?;
            if seen.iter().any(|channel| *channel < LEAST_WHITE) {
                return None;
            }
            apply(&transform, pixels, from, to)
        })
    }
}

fn apply(transform: &Arc<Transform8BitExecutor>, pixels: &[u8], from: Layout, to: Layout) -> Option<Vec<u8>> {
    let count = pixels.len() / from.channels().max(1);
    let mut seen = vec![0; count * to.channels()];
    transform.transform(pixels, &mut seen).ok()?;
    Some(seen)
}

/// A profile is the sender's. One that makes the library panic is passed over like any other that is broken.
fn guarded<T>(make: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(make)).ok().flatten()
}
