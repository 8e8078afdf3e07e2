//! What the decoder of WebP without loss (RFC 9649, 3) takes of memory for the codes of a picture.
//!
//! The decoder does not count it. A file may have up to 65,536 groups of five codes, whatever the size of its picture,
//! and the decoder builds the tables of all of them before the first pixel. Everything that tells their size stands
//! before the pixels too, so the bits up to there are read here, and no table is built.

use super::vp8l_codes::{Bits, Code};

/// Bytes of a group besides its tables: five codes of 56 bytes. The list of the groups grows by doubling, and has up to
/// three places for a group while it does.
const GROUP: u64 = 3 * 5 * 56;
/// Bytes for a block of the picture that tells the group of each block: four of its pixel, and two of the number.
const BLOCK_OF_GROUPS: u64 = 6;
/// Bytes for a block of a picture that tells how pixels were transformed.
const BLOCK_OF_TRANSFORM: u64 = 4;
/// Bytes of the cache of colours at the most, and of a table of colours.
const COLOURS: u64 = (4 << 11) + 4 * 256;

/// Symbols of green and lengths, before those of the cache of colours.
const GREENS: u16 = 256 + 24;
/// Symbols of red, blue and alpha.
const SAMPLES: u16 = 256;
/// Symbols of distances.
const DISTANCES: u16 = 40;

/// Bytes besides the pixels that decoding a picture takes, at the most. What is above `most` is not counted to its end.
/// `None` if the bits are broken before the pixels begin.
///
/// `stream` begins behind the head, with the transforms. The work is bound by `width` times `height`, and by the length
/// of the stream.
pub(super) fn memory(stream: &[u8], width: u32, height: u32, most: u64) -> Option<u64> {
    let mut bits = Bits::new(stream);
    let mut across = width;
    let mut taken = COLOURS;
    let mut seen = [false; 4];
    while bits.read(1)? == 1 {
        let transform = bits.read(2)?;
        if std::mem::replace(seen.get_mut(usize::try_from(transform).ok()?)?, true) {
            return None;
        }
        match transform {
            // The predictor, and the transform of colours.
            0 | 1 => {
                let blocks = blocks(&mut bits, across, height)?;
                taken += u64::from(blocks) * BLOCK_OF_TRANSFORM;
                greatest_number(&mut bits, blocks)?;
            }
            // Green is subtracted from red and blue.
            2 => {}
            // A table of colours. With few of them, a pixel holds several.
            _ => {
                let colours = bits.read(8)? + 1;
                greatest_number(&mut bits, colours)?;
                across = match colours {
                    0..=2 => across.div_ceil(8),
                    3..=4 => across.div_ceil(4),
                    5..=16 => across.div_ceil(2),
                    _ => across,
                };
            }
        }
    }
    let cached = cached_colours(&mut bits)?;
    let groups = if bits.read(1)? == 1 {
        let blocks = blocks(&mut bits, across, height)?;
        taken += u64::from(blocks) * BLOCK_OF_GROUPS;
        u64::from(greatest_number(&mut bits, blocks)?) + 1
    } else {
        1
    };
    taken += groups * GROUP;
    for _ in 0..groups {
        if taken > most {
            break;
        }
        taken += group(&mut bits, cached)?.iter().map(Code::memory).sum::<u64>();
    }
    Some(taken)
}

/// How many blocks cover the picture. A block has a power of two of pixels on each side.
fn blocks(bits: &mut Bits<'_>, width: u32, height: u32) -> Option<u32> {
    let side = 1 << (bits.read(3)? + 2);
    width.div_ceil(side).checked_mul(height.div_ceil(side))
}

/// How many colours the cache holds.
fn cached_colours(bits: &mut Bits<'_>) -> Option<u16> {
    if bits.read(1)? == 0 {
        return Some(0);
    }
    let width = bits.read(4)?;
    (1..=11).contains(&width).then_some(1 << width)
}

/// The codes of green, red, blue, alpha and distances.
fn group(bits: &mut Bits<'_>, cached: u16) -> Option<[Code; 5]> {
    let green = Code::read(bits, GREENS + cached)?;
    let mut next = |alphabet| Code::read(bits, alphabet);
    Some([green, next(SAMPLES)?, next(SAMPLES)?, next(SAMPLES)?, next(DISTANCES)?])
}

/// Reads a picture of so many pixels that has one group of codes, and answers the greatest number that a pixel has in
/// its red and its green. Where a pixel is a copy, the number was seen before, so that the pixels need not be kept.
fn greatest_number(bits: &mut Bits<'_>, pixels: u32) -> Option<u16> {
    let cached = cached_colours(bits)?;
    let [greens, reds, blues, alphas, distances] = group(bits, cached)?;
    let (mut greatest, mut left) = (0, pixels);
    while left > 0 {
        let green = greens.symbol(bits)?;
        let step = match green {
            0..256 => {
                let red = reds.symbol(bits)?;
                blues.symbol(bits)?;
                alphas.symbol(bits)?;
                greatest = greatest.max(red << 8 | green);
                1
            }
            256..GREENS => {
                let length = count(bits, green - 256)?;
                let distance = distances.symbol(bits)?;
                count(bits, distance)?;
                length
            }
            _ => 1,
        };
        left = left.checked_sub(step)?;
    }
    Some(greatest)
}

/// A length or a distance: its symbol tells a range, and the bits behind it a place in there (RFC 9649, 3.6.2.2).
fn count(bits: &mut Bits<'_>, symbol: u16) -> Option<u32> {
    let symbol = u32::from(symbol);
    let Some(above) = symbol.checked_sub(4) else { return Some(symbol + 1) };
    let more = above / 2 + 1;
    Some(((2 + (symbol & 1)) << more) + bits.read(more)? + 1)
}
