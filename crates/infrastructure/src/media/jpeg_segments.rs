//! The segments of a JPEG (ITU-T T.81, annex B), up to its first scan, read as libjpeg does.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageResult};

const SCAN: u8 = 0xda;
const CODES: u8 = 0xc4;

/// A segment, or the first scan and all that follows.
pub(super) struct Segment<'u> {
    /// The second byte of its marker.
    pub(super) kind: u8,
    /// What follows its length; what follows its marker, of a scan.
    pub(super) content: &'u [u8],
}

/// Bytes between two segments, fill bytes and markers that stand alone are stepped over.
struct Segments<'u>(&'u [u8]);

impl<'u> Iterator for Segments<'u> {
    type Item = Segment<'u>;

    fn next(&mut self) -> Option<Segment<'u>> {
        loop {
            let at = self.0.iter().position(|byte| *byte == 0xff)?;
            self.0 = self.0.get(at + 1..)?;
            let (kind, behind) = self.0.split_first()?;
            match kind {
                0xff => continue,
                0 | 1 | 0xd0..=0xd9 => {
                    self.0 = behind;
                    continue;
                }
                &SCAN => {
                    self.0 = &[];
                    return Some(Segment { kind: SCAN, content: behind });
                }
                _ => {}
            }
            // A length counts itself.
            let length = usize::from(u16::from_be_bytes(*behind.first_chunk()?)).max(2);
            let content = behind.get(2..length)?;
            self.0 = behind.get(length..)?;
            return Some(Segment { kind: *kind, content });
        }
    }
}

/// What a frame says of itself (B.2.2).
pub(super) struct Frame<'u> {
    /// The second byte of its marker, which tells the coding.
    pub(super) kind: u8,
    /// Bits of a sample.
    pub(super) bits: u8,
    /// Of each component its name, its sampling factors and its table.
    components: &'u [[u8; 3]],
    /// How many components the first scan has. 0 if there is none.
    scanned: usize,
}

impl<'u> Frame<'u> {
    /// The frame of a file. `None` if there is none before the first scan.
    pub(super) fn of(jpeg: &'u [u8]) -> Option<Self> {
        let mut segments = Segments(jpeg);
        let is_frame = |kind: u8| matches!(kind, 0xc0..=0xcf) && !matches!(kind, CODES | 0xc8 | 0xcc);
        let Segment { kind, content } = segments.by_ref().find(|segment| is_frame(segment.kind))?;
        let components = content.get(6..).unwrap_or_default().as_chunks::<3>().0;
        let scan = segments.find(|segment| segment.kind == SCAN);
        let scanned = scan.and_then(|scan| scan.content.get(2).copied()).map_or(0, usize::from);
        Some(Self { kind, bits: *content.first()?, components, scanned })
    }

    /// Whether the colours are sampled in a way that the decoder gets wrong, which nearly no program writes: three
    /// times across, more often than the first, or one component after the other with rows left out.
    pub(super) fn is_sampled_oddly(&self) -> bool {
        let factors = || self.components.iter().map(|[_, factors, _]| (factors >> 4, factors & 15));
        let Some((across, down)) = factors().next() else { return false };
        let is_odd = |(one, other)| one == 3 || one > across || other > down;
        let is_apart = self.kind <= 0xc1 && (1..self.components.len()).contains(&self.scanned) && down > 1;
        self.components.len() > 1 && (factors().any(is_odd) || is_apart)
    }
}

/// Whether a file tells its codes before its first scan.
pub(super) fn has_codes(jpeg: &[u8]) -> bool {
    Segments(jpeg).any(|segment| segment.kind == CODES)
}

/// The file with nothing but what decoding needs: without segments that are malformed and do not matter, and with the
/// usual codes (annex K.3) where it has none, as single pictures of films have it. `None` if it has no scan.
pub(super) fn bare(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut kept = vec![0xff, 0xd8];
    let (mut has_codes, mut is_jfif) = (false, false);
    for Segment { kind, content } in Segments(jpeg) {
        has_codes |= kind == CODES;
        is_jfif |= kind == 0xe0 && content.starts_with(b"JFIF\0");
        if kind == SCAN {
            if !has_codes {
                kept.extend(usual_codes().ok()?);
            }
            kept.extend([0xff, SCAN]);
            kept.extend(content);
            return Some(kept);
        }
        let is_needed = match kind {
            0xc0..=0xcf | 0xdb | 0xdd => true,
            0xe1 => content.starts_with(b"Exif\0\0"),
            0xe2 => content.starts_with(b"ICC_PROFILE\0"),
            // The last byte tells the colours, in one of three ways. Those of JFIF are not red, green and blue.
            0xee if content.starts_with(b"Adobe") => match content.get(11) {
                Some(0) => !is_jfif,
                transform => matches!(transform, Some(1 | 2)),
            },
            _ => false,
        };
        if is_needed {
            push(&mut kept, kind, content);
        }
    }
    None
}

fn push(to: &mut Vec<u8>, kind: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    to.extend([0xff, kind]);
    to.extend(length.to_be_bytes());
    to.extend(content);
}

/// The codes of annex K.3, which the encoder of the `image` crate writes.
fn usual_codes() -> ImageResult<Vec<u8>> {
    let (mut picture, mut codes) = (Vec::new(), Vec::new());
    JpegEncoder::new(&mut picture).encode(&[0; 3], 1, 1, ExtendedColorType::Rgb8)?;
    for Segment { kind, content } in Segments(&picture).filter(|segment| segment.kind == CODES) {
        push(&mut codes, kind, content);
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_is_found_behind_bytes_between_segments() {
        let found = |jpeg| Frame::of(jpeg).map(|frame| (frame.kind, frame.bits));
        assert_eq!(found(b"\xff\xd8\xff\xe1\0\x04\xff\xc9zz\xff\xff\xca\0\x03\x08"), Some((0xca, 8)));
        assert_eq!(found(b"\xff\xd8\xff\xe1\0\x04\xff\xc9\xff\xda\0\x0b\x08"), None);
        assert_eq!(found(b"\xff\xd8\xff"), None);
        assert_eq!(found(b""), None);
    }

    #[test]
    fn the_usual_codes_are_four_tables() {
        // Each has 17 bytes besides its values, of which there are 12 of DC and 162 of AC.
        assert_eq!(usual_codes().unwrap().len(), 4 * 4 + 4 * 17 + 2 * (12 + 162));
    }
}
