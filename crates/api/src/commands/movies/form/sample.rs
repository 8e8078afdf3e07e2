//! What a file has beyond ASCII.

use std::io::{self, BufRead};

/// The most bytes that an encoding is inferred from.
const MOST_BYTES: usize = 1024 * 1024;

/// The first part of a file that is not ASCII, and whether the file is UTF-8.
#[derive(Default)]
pub(super) struct Sample {
    bytes: Vec<u8>,
    /// Whether the sample ends with the file.
    whole: bool,
    /// Characters of more than one byte that are UTF-8, and places that are not.
    good: u64,
    bad: u64,
    /// The beginning of a character at the end of what was read.
    cut: Vec<u8>,
}

impl Sample {
    /// Reads `head` and what comes after it, to the end.
    pub(super) fn of(head: &[u8], mut rest: impl BufRead) -> io::Result<Self> {
        let mut sample = Self { whole: true, ..Self::default() };
        sample.take(head);
        loop {
            let chunk = rest.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            sample.take(chunk);
            let read = chunk.len();
            rest.consume(read);
        }
        sample.bad += u64::from(!sample.cut.is_empty());
        Ok(sample)
    }

    /// Whether it is UTF-8, but for a few places. Those are named where they are read. Text in another encoding
    /// is UTF-8 in few places if in any.
    pub(super) fn is_utf_8(&self) -> bool {
        self.bad == 0 || self.good > self.bad
    }

    /// The sample, from a character of ASCII on.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the sample ends with the file.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    fn take(&mut self, chunk: &[u8]) {
        if self.bytes.is_empty() && chunk.is_ascii() && self.cut.is_empty() {
            return;
        }
        self.keep(chunk);
        let mut joined = std::mem::take(&mut self.cut);
        joined.extend_from_slice(chunk);
        let whole = joined.len() - beginning_of_character(&joined);
        let (whole, cut) = joined.split_at(whole);
        self.cut = cut.to_vec();
        for part in whole.utf8_chunks() {
            self.good += part.valid().bytes().filter(|byte| *byte >= 0xc0).count() as u64;
            self.bad += u64::from(!part.invalid().is_empty());
        }
    }

    fn keep(&mut self, chunk: &[u8]) {
        let room = MOST_BYTES - self.bytes.len();
        self.whole &= chunk.len() <= room;
        self.bytes.extend(chunk.iter().take(room));
    }
}

/// The length of the character that begins at the end of the bytes and does not end in them.
fn beginning_of_character(bytes: &[u8]) -> usize {
    let invalid = bytes.utf8_chunks().last().map_or(&[][..], |part| part.invalid());
    let wanted = match invalid.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => 0,
    };
    if invalid.len() < wanted { invalid.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn is_utf_8(bytes: &[u8], chunk: usize) -> bool {
        let (head, rest) = bytes.split_at(bytes.len().min(chunk));
        Sample::of(head, BufReader::with_capacity(chunk, rest)).unwrap().is_utf_8()
    }

    #[test]
    fn characters_that_are_cut_are_whole_in_the_end() {
        for chunk in 1..9 {
            assert!(is_utf_8("a é € 𝄞 ž end".as_bytes(), chunk));
            assert!(is_utf_8(b"only ascii", chunk));
            assert!(!is_utf_8(b"caf\xe9", chunk));
            assert!(!is_utf_8(b"caf\xe9 cr\xe8me", chunk));
            assert!(is_utf_8(b"\xc3\xa9t\xc3\xa9 caf\xe9", chunk), "a few wrong bytes are named later");
        }
    }

    #[test]
    fn the_sample_begins_with_what_is_not_ascii() {
        let bytes = [b"x".repeat(10), b"\xe9".repeat(2), b"y".repeat(3)].concat();
        let sample = Sample::of(&bytes[..5], BufReader::with_capacity(5, &bytes[5..])).unwrap();
        assert_eq!((sample.bytes(), sample.is_whole()), (&b"\xe9\xe9yyy"[..], true));
    }
}
