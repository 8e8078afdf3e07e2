//! The container of WebP (RFC 9649, 2), and what its decoder takes of memory.

use super::vp8l;

/// The flags of the extended head that matter to the pixels (RFC 9649, 2.7.1): something is transparent, it moves.
const ALPHA: u8 = 0x10;
const ANIMATION: u8 = 0x02;

/// Bytes for each pixel that the decoder of WebP keeps beside the pixels at the most: the canvas and a frame of an
/// animation; a lossy frame with its opacity.
const AT_MOST: u64 = 8;

/// Chunks, each a name and its content. What a chunk that was cut off still has is its content.
struct Chunks<'w>(&'w [u8]);

impl<'w> Iterator for Chunks<'w> {
    type Item = ([u8; 4], &'w [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, behind) = self.0.split_first_chunk::<4>()?;
        let (length, behind) = behind.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (content, behind) = behind.split_at_checked(length).unwrap_or((behind, &[]));
        // A byte fills up an odd length.
        self.0 = behind.get(length % 2..).unwrap_or_default();
        Some((*name, content))
    }
}

/// The content of the first chunk of a name.
fn first(chunks: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    Chunks(chunks).find(|chunk| chunk.0 == name).map(|chunk| chunk.1)
}

fn push(to: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    to.extend(name);
    to.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    to.extend(content);
    if content.len() % 2 == 1 {
        to.push(0);
    }
}

/// The file with nothing but what decoding its first picture needs, each chunk once. `None` if it has no picture.
///
/// The decoder is given this file. So it can take no other chunk for the picture than the one whose memory was counted,
/// wherever the lengths in an upload lead.
pub(super) fn plain(upload: &[u8]) -> Option<Vec<u8>> {
    let chunks = upload.get(12..)?;
    let mut plain = Vec::with_capacity(upload.len().saturating_add(64));
    plain.extend(b"RIFF\0\0\0\0WEBP");
    let (name, content) = Chunks(chunks).next()?;
    match &name {
        b"VP8 " | b"VP8L" => push(&mut plain, name, content),
        b"VP8X" => {
            let mut head: [u8; 10] = *content.first_chunk()?;
            let flags = head.first_mut()?;
            *flags &= ALPHA | ANIMATION;
            let moves = *flags & ANIMATION != 0;
            push(&mut plain, name, &head);
            let mut take = |name| first(chunks, name).map(|content| push(&mut plain, name, content));
            take(*b"ICCP");
            take(*b"EXIF");
            if moves {
                take(*b"ANIM");
                let (place, parts) = first(chunks, *b"ANMF")?.split_first_chunk::<16>()?;
                let mut frame = place.to_vec();
                // Opacity comes before the pixels, and nothing else does.
                let mut parts = Chunks(parts);
                let (mut name, mut content) = parts.next()?;
                if name == *b"ALPH" {
                    push(&mut frame, name, content);
                    (name, content) = parts.next().filter(|part| part.0 == *b"VP8 ")?;
                }
                push(&mut frame, name, content);
                push(&mut plain, *b"ANMF", &frame);
            } else {
                take(*b"ALPH");
                take(*b"VP8 ");
                take(*b"VP8L");
            }
        }
        _ => return None,
    }
    let length = u32::try_from(plain.len().checked_sub(8)?).ok()?;
    plain.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(plain)
}

/// Bytes that decoding a plain file takes at the most, besides its `width` times `height` pixels of `channels` bytes.
/// What is above `most` is not counted to its end. `None` if the file is broken.
pub(super) fn own_memory(plain: &[u8], (width, height): (u32, u32), channels: u8, most: u64) -> Option<u64> {
    let mut parts = plain.get(12..)?;
    let mut size = (width, height);
    let animation = first(parts, *b"ANMF");
    if let Some((place, frame)) = animation.and_then(|frame| frame.split_first_chunk::<16>()) {
        size = animated_size(*place);
        parts = frame;
    }
    if size.0 > width || size.1 > height {
        return None;
    }
    let (lossy, lossless) = (first(parts, *b"VP8 "), first(parts, *b"VP8L"));
    if lossy.is_some_and(|frame| lossy_size(frame) != Some(size)) {
        return None;
    }
    // Bytes for each pixel of the frame that the decoder has taken when it builds the tables of the codes.
    let (codes, taken) = if let Some(lossless) = lossless {
        let (head, stream) = lossless.split_first_chunk::<5>()?;
        if lossless_size(*head) != Some(size) {
            return None;
        }
        // The frame, or four channels where the picture has three.
        let taken = if animation.is_some() || channels == 3 { 4 } else { 0 };
        (Some(stream), taken)
    } else {
        let (how, stream) = first(parts, *b"ALPH").and_then(<[u8]>::split_first).unzip();
        // Four channels of the opacity, and the lossy frame, which an animation has afterwards.
        let taken = if animation.is_some() { 4 } else { 6 };
        (stream.filter(|_| how.is_some_and(|how| how & 3 == 1)), taken)
    };
    let codes = match codes {
        Some(stream) => {
            let frame = taken * u64::from(size.0) * u64::from(size.1);
            frame + vp8l::memory(stream, size.0, size.1, most)?
        }
        None => 0,
    };
    Some(codes.max(AT_MOST * u64::from(width) * u64::from(height)))
}

/// The size of a frame of an animation: behind its place, two sides of three bytes, each less one (RFC 9649, 2.7.1.1).
fn animated_size(place: [u8; 16]) -> (u32, u32) {
    let [_, _, _, _, _, _, sides @ .., _, _, _, _] = place;
    let [low, middle, high, rest @ ..] = sides;
    let side = |[low, middle, high]: [u8; 3]| u32::from_le_bytes([low, middle, high, 0]) + 1;
    (side([low, middle, high]), side(rest))
}

/// The size of a lossy frame: three bytes of a tag, a start code, and two sides, of which two bits are a scale (RFC 6386,
/// 9.1).
fn lossy_size(frame: &[u8]) -> Option<(u32, u32)> {
    let [_, _, _, 0x9d, 0x01, 0x2a, wide, width, high, height] = *frame.first_chunk()? else { return None };
    let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3fff);
    Some((side([wide, width]), side([high, height])))
}

/// The size of a frame without loss: a mark, and two sides of 14 bits (RFC 9649, 3.4).
fn lossless_size([mark, head @ ..]: [u8; 5]) -> Option<(u32, u32)> {
    let head = u32::from_le_bytes(head);
    (mark == 0x2f).then_some(((head & 0x3fff) + 1, ((head >> 14) & 0x3fff) + 1))
}
