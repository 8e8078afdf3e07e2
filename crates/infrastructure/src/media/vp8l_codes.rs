//! The prefix codes of WebP without loss (RFC 9649, 3.7.2), read one bit after the other.

/// The longest code of a symbol, in bits.
const LONGEST: u8 = 15;
/// The order in which the lengths of the code of lengths are written.
const ORDER: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// The decoder looks up codes of so many bits in a table. Longer ones are nodes of a tree.
const TABLE_BITS: u8 = 10;
/// Bytes of an entry in that table.
const ENTRY: u64 = 4;
/// Bytes in the tree for each symbol with a longer code: two nodes.
const NODES: u64 = 2 * 16;
/// Bytes for each code besides: what the allocator puts around a table and a tree, and the three nodes of a code that
/// was written in short.
const AROUND: u64 = 96;

/// Bits of a file, the lowest of each byte first.
pub(super) struct Bits<'b> {
    bytes: &'b [u8],
    /// In bits.
    at: usize,
}

impl<'b> Bits<'b> {
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Reads up to 32 bits. `None` if fewer are left.
    pub(super) fn read(&mut self, count: u32) -> Option<u32> {
        let ahead = self.ahead() & ((1 << count) - 1);
        self.step(count)?;
        u32::try_from(ahead).ok()
    }

    /// At least 56 bits. Zeroes follow the end.
    fn ahead(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let next = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            for (to, from) in last.iter_mut().zip(rest) {
                *to = *from;
            }
            last
        });
        u64::from_le_bytes(next) >> (self.at % 8)
    }

    fn step(&mut self, count: u32) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(count).ok()?)?;
        (self.at <= self.bytes.len().checked_mul(8)?).then_some(())
    }
}

/// A prefix code.
pub(super) enum Code {
    /// Its only symbol takes no bits.
    One(u16),
    /// How many symbols have a code of so many bits, and the symbols in the order of their codes.
    Many { counts: [u16; LONGEST as usize + 1], symbols: Vec<u16> },
}

impl Code {
    /// Reads the code of an alphabet of so many symbols. `None` if it is broken: it ends too early, it has no symbol,
    /// or some bits mean nothing or more than one symbol.
    pub(super) fn read(bits: &mut Bits<'_>, alphabet: u16) -> Option<Self> {
        if bits.read(1)? == 0 {
            return Self::of(&lengths(bits, alphabet)?);
        }
        let two = bits.read(1)? == 1;
        let width = if bits.read(1)? == 1 { 8 } else { 1 };
        let mut symbol = |width| u16::try_from(bits.read(width)?).ok().filter(|symbol| *symbol < alphabet);
        let first = symbol(width)?;
        if !two {
            return Some(Self::One(first));
        }
        let second = symbol(8)?;
        // Decoders differ in what the same symbol means, written twice: no bits, or one.
        (first != second).then(|| {
            let mut counts = [0; LONGEST as usize + 1];
            counts[1] = 2;
            Self::Many { counts, symbols: vec![first, second] }
        })
    }

    /// The canonical code with the length of each symbol. 0 is a symbol that does not occur.
    fn of(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0_u16; LONGEST as usize + 1];
        for length in lengths.iter().filter(|length| **length > 0) {
            *counts.get_mut(usize::from(*length))? += 1;
        }
        let used: u16 = counts.iter().sum();
        if used == 1 {
            let only = lengths.iter().position(|length| *length > 0)?;
            return Some(Self::One(u16::try_from(only).ok()?));
        }
        let shares = (0..=LONGEST).zip(counts).map(|(length, count)| u32::from(count) << (LONGEST - length));
        if shares.sum::<u32>() != 1 << LONGEST {
            return None;
        }
        let mut next = [0_u16; LONGEST as usize + 1];
        let mut before = 0;
        for (next, count) in next.iter_mut().zip(counts) {
            *next = before;
            before += count;
        }
        let mut symbols = vec![0; usize::from(used)];
        for (symbol, length) in (0_u16..).zip(lengths).filter(|(_, length)| **length > 0) {
            let place = next.get_mut(usize::from(*length))?;
            *symbols.get_mut(usize::from(*place))? = symbol;
            *place += 1;
        }
        Some(Self::Many { counts, symbols })
    }

    /// Reads a symbol. `None` at the end of the file.
    pub(super) fn symbol(&self, bits: &mut Bits<'_>) -> Option<u16> {
        let (counts, symbols) = match self {
            Self::One(symbol) => return Some(*symbol),
            Self::Many { counts, symbols } => (counts, symbols),
        };
        // The first bit of a code is its highest.
        let ahead = u16::try_from(bits.ahead() & 0xffff).ok()?.reverse_bits();
        let (mut first, mut before) = (0_u32, 0_u32);
        for (length, count) in (0..).zip(counts.iter().map(|count| u32::from(*count))).skip(1) {
            let code = u32::from(ahead) >> (16 - length);
            if let Some(place) = code.checked_sub(first).filter(|place| *place < count) {
                bits.step(length)?;
                return symbols.get(usize::try_from(before + place).ok()?).copied();
            }
            first = (first + count) << 1;
            before += count;
        }
        None
    }

    /// Bytes that the decoder takes for it at the most.
    pub(super) fn memory(&self) -> u64 {
        let Self::Many { counts, .. } = self else { return 0 };
        let used = (0..=LONGEST).zip(*counts).filter(|(_, count)| *count > 0);
        let longest = used.clone().map(|(length, _)| length).max().unwrap_or(0);
        let nodes =
            used.filter(|(length, _)| *length > TABLE_BITS).map(|(_, count)| u64::from(count)).sum::<u64>();
        (ENTRY << longest.min(TABLE_BITS)) + nodes * NODES + AROUND
    }
}

/// The lengths of the codes of all symbols (RFC 9649, 3.7.2.1.2).
fn lengths(bits: &mut Bits<'_>, alphabet: u16) -> Option<Vec<u8>> {
    let mut of_lengths = [0; ORDER.len()];
    let told = usize::try_from(4 + bits.read(4)?).ok()?;
    for symbol in ORDER.into_iter().take(told) {
        *of_lengths.get_mut(symbol)? = u8::try_from(bits.read(3)?).ok()?;
    }
    let code = Code::of(&of_lengths)?;
    let alphabet = usize::from(alphabet);
    let written = if bits.read(1)? == 1 {
        let width = 2 + 2 * bits.read(3)?;
        usize::try_from(2 + bits.read(width)?).ok().filter(|written| *written <= alphabet)?
    } else {
        alphabet
    };
    let mut lengths = Vec::with_capacity(alphabet);
    let mut previous = 8;
    for _ in 0..written {
        let (length, times) = match code.symbol(bits)? {
            16 => (previous, 3 + bits.read(2)?),
            17 => (0, 3 + bits.read(3)?),
            18 => (0, 11 + bits.read(7)?),
            length => (u8::try_from(length).ok()?, 1),
        };
        if length > 0 {
            previous = length;
        }
        lengths.resize(lengths.len() + usize::try_from(times).ok()?, length);
        if lengths.len() >= alphabet {
            break;
        }
    }
    let fits = lengths.len() <= alphabet;
    lengths.resize(alphabet, 0);
    fits.then_some(lengths)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a code out of bits that are written one after the other, of an alphabet of 256.
    fn read(written: &str) -> Option<Code> {
        let bits: Vec<u8> = written.bytes().filter(|bit| *bit != b' ').map(|bit| bit - b'0').collect();
        let bytes: Vec<u8> =
            bits.chunks(8).map(|byte| byte.iter().rev().fold(0, |value, bit| value << 1 | bit)).collect();
        Code::read(&mut Bits::new(&bytes), 256)
    }

    #[test]
    fn the_only_symbol_takes_neither_bits_nor_memory() {
        let code = read("1 0 1 11000000").unwrap();
        assert_eq!(code.symbol(&mut Bits::new(&[])), Some(3));
        assert_eq!(code.memory(), 0);
    }

    #[test]
    fn two_symbols_take_a_bit_each() {
        let code = read("1 1 0 1 01000000").unwrap();
        let mut bits = Bits::new(&[0b10]);
        assert_eq!([code.symbol(&mut bits), code.symbol(&mut bits)], [Some(1), Some(2)]);
        assert_eq!(code.memory(), 2 * 4 + 96);
    }

    #[test]
    fn what_decoders_read_in_different_ways_or_not_at_all_is_broken() {
        assert!(read("1 1 0 1 10000000").is_none(), "the same symbol twice");
        assert!(read("1 0 1 11000000").is_some() && read("1 0 1 1100").is_none(), "an end");
        // Of the lengths, only that of 17 has a code, which has no bits: all 256 lengths are 0.
        assert!(read(&format!("0 0000 100 000 000 000 0 {}", "111".repeat(32))).is_none(), "no symbol");
    }
}
