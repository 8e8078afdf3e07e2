//! Decoding JPEG (ITU-T T.81).

use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use vestibule_domain::media::{BadPicture, ForeignFormat};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;
use zune_jpeg::{JpegDecoder, errors::DecodeErrors};

use super::jpeg_segments::{Frame, bare, has_codes};
use super::upload::Decoded;

/// Behind a file that has no end of its own: bits that are no code (F.2.2.3: none is of ones alone), each byte of them
/// stuffed, and then an end.
const END: [u8; 34] =
    *b"\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\0\xff\xd9";
/// What the decoder paints where there is nothing.
const NOTHING: u8 = 128;
/// The share of the rows that may be missing: one of so many. A photo that was cut off on its way should rather be
/// sent again.
const MISSING: usize = 10;

/// A decoder that has read the head.
pub(super) struct Jpeg<'u> {
    decoder: JpegDecoder<ZCursor<&'u [u8]>>,
    bytes: &'u [u8],
    inks: bool,
    channels: usize,
    size: (usize, usize),
}

/// The file as the decoder reads it: with an end, and without segments that are malformed and do not matter.
pub(super) fn readable(mut upload: Vec<u8>) -> Vec<u8> {
    // Without an end, the decoder takes the last rows for missing, because it reads ahead. Behind a bare end it reads
    // zeroes, which are codes, and shows rows that are not there. A second end is not read.
    upload.reserve_exact(END.len());
    upload.extend(END);
    // Adobe's mark says inks of three colours, too, where it says nothing of them.
    let is_clear = |jpeg: &JpegDecoder<_>| {
        let is_inks = jpeg.input_colorspace() == Some(ColorSpace::CMYK);
        !(is_inks && jpeg.info().is_some_and(|info| info.components == 3))
    };
    if has_codes(&upload) && head(&upload).is_ok_and(|jpeg| is_clear(&jpeg)) {
        return upload;
    }
    match bare(&upload) {
        Some(bare) if head(&bare).is_ok() => bare,
        _ => upload,
    }
}

fn head(bytes: &[u8]) -> Result<JpegDecoder<ZCursor<&[u8]>>, DecodeErrors> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers()?;
    Ok(decoder)
}

impl<'u> Jpeg<'u> {
    /// Reads the head of a file that was made readable.
    pub(super) fn read(bytes: &'u [u8]) -> Result<Self, BadPicture> {
        let mut decoder = head(bytes).map_err(|_error| refusal(bytes))?;
        if Frame::of(bytes).is_some_and(|frame| frame.is_sampled_oddly()) {
            return Err(BadPicture::NotSupported(ForeignFormat::OddJpeg));
        }
        let (Some(size), Some(space)) = (decoder.dimensions(), decoder.input_colorspace()) else {
            return Err(BadPicture::Broken);
        };
        let (inks, shown) = match space {
            ColorSpace::Luma => (false, ColorSpace::Luma),
            ColorSpace::CMYK => (true, ColorSpace::CMYK),
            ColorSpace::YCCK => (true, ColorSpace::YCCK),
            _ => (false, ColorSpace::RGB),
        };
        decoder.set_options(options().jpeg_set_out_colorspace(shown));
        Ok(Self { decoder, bytes, inks, channels: shown.num_components(), size })
    }

    pub(super) fn dimensions(&self) -> (u32, u32) {
        let side = |side| u32::try_from(side).unwrap_or(u32::MAX);
        (side(self.size.0), side(self.size.1))
    }

    /// Bytes that decoding takes at the most: the pixels, and the coefficients of all blocks, of two bytes each, which
    /// a progressive picture needs until its end. Blocks fill whole units of up to 32 by 32 pixels.
    pub(super) fn memory(&self) -> u64 {
        let (width, height) = self.dimensions();
        let (width, height, channels) = (u64::from(width), u64::from(height), self.channels as u64);
        let components = self.decoder.info().map_or(channels, |info| u64::from(info.components));
        let blocks = width.next_multiple_of(32) * height.next_multiple_of(32) * components * 2;
        width * height * channels + blocks
    }

    pub(super) fn profile(&self) -> Option<Vec<u8>> {
        self.decoder.icc_profile()
    }

    /// The metadata of a camera.
    pub(super) fn exif(&self) -> Option<&[u8]> {
        self.decoder.exif().map(Vec::as_slice)
    }

    /// Decodes what can be decoded.
    pub(super) fn decode(mut self) -> Result<Decoded, BadPicture> {
        let mut pixels = vec![0; self.size.0 * self.size.1 * self.channels];
        self.decoder.decode_into(&mut pixels).map_err(|_error| refusal(self.bytes))?;
        if self.seems_cut_off(&pixels) && !self.is_whole(&mut pixels) {
            return Err(BadPicture::Broken);
        }
        let is_ycck = self.decoder.input_colorspace() == Some(ColorSpace::YCCK);
        let (width, height) = self.dimensions();
        let image = match self.channels {
            1 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
            3 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
            _ => {
                if is_ycck {
                    inks_of_ycck(&mut pixels);
                }
                RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from)
            }
        };
        Ok(Decoded { image: image.ok_or(BadPicture::Broken)?, inks: self.inks })
    }

    /// Whether so many of the last rows look as if there were nothing that too much would be missing.
    fn seems_cut_off(&self, pixels: &[u8]) -> bool {
        let row = self.size.0 * self.channels;
        let rows = pixels.rchunks(row.max(1));
        let empty = rows.take_while(|row| row.iter().all(|sample| *sample == NOTHING)).count();
        empty > self.size.1 / MISSING
    }

    /// Whether these rows are the picture's own: a decoder that goes by the letter is content too.
    fn is_whole(&self, pixels: &mut [u8]) -> bool {
        let Ok(mut decoder) = head(self.bytes) else { return false };
        decoder.set_options(self.decoder.options().set_strict_mode(true));
        decoder.decode_into(pixels).is_ok()
    }
}

fn options() -> DecoderOptions {
    DecoderOptions::default().set_strict_mode(false).set_max_width(usize::MAX).set_max_height(usize::MAX)
}

/// Luma, two chromas and black become inks, each 255 where there is none of it (Adobe's technical note 5116; the
/// factors of JFIF, in parts of 65,536).
fn inks_of_ycck(pixels: &mut [u8]) {
    for pixel in pixels.as_chunks_mut::<4>().0 {
        let [luma, blue, red, black] = pixel.map(i32::from);
        let (blue, red) = (blue - 128, red - 128);
        let ink = |chroma: i32| {
            let colour = luma + ((chroma + 32_768) >> 16);
            u8::MAX - u8::try_from(colour.clamp(0, 255)).unwrap_or(u8::MAX)
        };
        let black = u8::try_from(black).unwrap_or(u8::MAX);
        *pixel = [ink(91_881 * red), ink(-22_554 * blue - 46_802 * red), ink(116_130 * blue), black];
    }
}

/// Why a file is refused: it is of a kind that is not supported, or it is damaged.
fn refusal(bytes: &[u8]) -> BadPicture {
    let Some(frame) = Frame::of(bytes.strip_suffix(&END).unwrap_or(bytes)) else {
        return BadPicture::Broken;
    };
    match (frame.kind, frame.bits) {
        // Table B.1: the frames with arithmetic coding, and those without loss.
        (0xc9 | 0xca | 0xcd | 0xce, _) => BadPicture::NotSupported(ForeignFormat::ArithmeticJpeg),
        (0xc3 | 0xc7 | 0xcb | 0xcf, _) => BadPicture::NotSupported(ForeignFormat::LosslessJpeg),
        (_, 12 | 16) => BadPicture::NotSupported(ForeignFormat::DeepJpeg),
        _ if frame.is_sampled_oddly() => BadPicture::NotSupported(ForeignFormat::OddJpeg),
        _ => BadPicture::Broken,
    }
}
