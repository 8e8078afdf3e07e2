//! Files of WebP without loss (RFC 9649, 3) with as many groups of codes as is wished.

/// What makes the codes of a group costly.
#[derive(Debug, Clone, Copy)]
pub(super) enum Codes {
    /// Codes of up to ten bits: a table of 4 KiB each, for twelve bytes of the file.
    Tables,
    /// Codes of over ten bits for the 2,328 symbols of a green with the largest cache: 77 KiB, for 150 bytes.
    Trees,
}

/// A still picture.
pub(super) fn still(width: u32, height: u32, groups: u32, codes: Codes) -> Vec<u8> {
    file(&[(b"VP8L", &frame(width, height, groups, codes))])
}

/// A still picture whose opacity has these groups, of a lossy frame.
pub(super) fn opacity(lossy: &[u8], groups: u32, codes: Codes) -> Vec<u8> {
    let (width, height) = size(lossy);
    let alpha = [&[1], &stream(groups, codes)[..]].concat();
    file(&[(b"VP8X", &head(0x10, width, height)), (b"ALPH", &alpha), (b"VP8 ", lossy)])
}

/// An animation whose first frame is without loss.
pub(super) fn animation(width: u32, height: u32, groups: u32, codes: Codes) -> Vec<u8> {
    moving(width, height, &[(b"VP8L", &frame(width, height, groups, codes))])
}

/// An animation whose first frame has an opacity.
pub(super) fn animated_opacity(lossy: &[u8], groups: u32, codes: Codes) -> Vec<u8> {
    let (width, height) = size(lossy);
    let alpha = [&[1], &stream(groups, codes)[..]].concat();
    moving(width, height, &[(b"ALPH", &alpha), (b"VP8 ", lossy)])
}

fn moving(width: u32, height: u32, parts: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let moving = [&place(width, height)[..], &chunks(parts)].concat();
    file(&[(b"VP8X", &head(0x12, width, height)), (b"ANIM", &[0; 6]), (b"ANMF", &moving)])
}

/// Where a frame of an animation stands: in the corner.
pub(super) fn place(width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes();
    [&[0; 6], &side(width)[..3], &side(height)[..3], &[0; 4]].concat()
}

/// The extended head.
pub(super) fn head(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes();
    [&[flags, 0, 0, 0], &side(width)[..3], &side(height)[..3]].concat()
}

pub(super) fn file(parts: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let parts = chunks(parts);
    let length = u32::try_from(parts.len() + 4).unwrap().to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &parts].concat()
}

pub(super) fn chunks(parts: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let chunk = |(name, content): &(&[u8; 4], &[u8])| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        [&name[..], &length, content, &[0][..content.len() % 2]].concat()
    };
    parts.iter().flat_map(chunk).collect()
}

/// The content of the lossy frame of a simple file, or of one with a head.
pub(super) fn lossy_of(webp: &[u8]) -> &[u8] {
    let at = webp.windows(4).position(|name| name == b"VP8 ").unwrap();
    let length = u32::from_le_bytes(*webp[at + 4..].first_chunk().unwrap());
    &webp[at + 8..][..length.try_into().unwrap()]
}

/// The size of a lossy frame.
pub(super) fn size(lossy: &[u8]) -> (u32, u32) {
    let side = |at: usize| u32::from(u16::from_le_bytes([lossy[at], lossy[at + 1]]) & 0x3fff);
    (side(6), side(8))
}

/// The content of a chunk `VP8L`. All blocks belong to the last group, whose codes have one symbol each, so that the
/// pixels take no bits: they are of one green.
pub(super) fn frame(width: u32, height: u32, groups: u32, codes: Codes) -> Vec<u8> {
    let head = ((height - 1) << 14) | (width - 1);
    [&[0x2f], &head.to_le_bytes()[..], &stream(groups, codes)].concat()
}

fn stream(groups: u32, codes: Codes) -> Vec<u8> {
    let mut bits = Bits::default();
    // No transforms.
    bits.put(0, 1);
    match codes {
        Codes::Tables => bits.put(0, 1),
        Codes::Trees => {
            bits.put(1, 1);
            bits.put(11, 4);
        }
    }
    // A picture of groups, of blocks of four by four pixels, without a cache. Each pixel is the last group.
    bits.put(1, 1);
    bits.put(0, 3);
    bits.put(0, 1);
    let [low, high, ..] = (groups - 1).to_le_bytes();
    bits.symbols([low, high, 0, 255, 0]);
    for _ in 1..groups {
        match codes {
            Codes::Tables => bits.table(),
            Codes::Trees => bits.trees(),
        }
        for _ in 0..4 {
            bits.table();
        }
    }
    bits.symbols([200, 0, 0, 255, 0]);
    // For decoders that read ahead.
    bits.put(0, 32);
    bits.bytes
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    /// The lowest first.
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.count.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= u8::try_from(value >> bit & 1).unwrap() << (self.count % 8);
            self.count += 1;
        }
    }

    /// A prefix code, the highest bit first.
    fn code(&mut self, code: u32, length: u32) {
        self.put(code.reverse_bits() >> (32 - length), length);
    }

    /// A group of codes with one symbol each.
    fn symbols(&mut self, symbols: [u8; 5]) {
        for symbol in symbols {
            self.put(0b101, 3);
            self.put(symbol.into(), 8);
        }
    }

    /// The lengths of the code of lengths, in their order.
    fn lengths(&mut self, lengths: &[u32]) {
        self.put(0, 1);
        self.put(u32::try_from(lengths.len()).unwrap() - 4, 4);
        for length in lengths {
            self.put(*length, 3);
        }
    }

    /// A code of eleven symbols. Their lengths are 1 to 10, and 10 again.
    fn table(&mut self) {
        self.lengths(&[0, 0, 0, 3, 3, 3, 3, 3, 0, 3, 4, 4, 4, 4]);
        // Eleven lengths follow: a number of four bits, without two.
        self.put(1, 1);
        self.put(1, 3);
        self.put(11 - 2, 4);
        for length in (1..=10).chain([10]) {
            if length <= 6 { self.code(length - 1, 3) } else { self.code(length + 5, 4) }
        }
    }

    /// A code of 2,328 symbols: 1,768 of eleven bits, and 560 of twelve.
    fn trees(&mut self) {
        self.lengths(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 2]);
        self.put(0, 1);
        for (code, mut times) in [(0b10, 1767), (0b11, 559)] {
            self.code(code, 2);
            // The same again, three to six times.
            while times > 0 {
                let again = if matches!(times, 7 | 8) { 4 } else { times.min(6) };
                self.code(0, 1);
                self.put(again - 3, 2);
                times -= again;
            }
        }
    }
}
