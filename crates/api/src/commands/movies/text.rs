//! The text of a file as UTF-8, decoded while it is read.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_8};

use super::form::Form;

/// What a byte stands for that is not of the encoding. It is not UTF-8 either, so the cell that has it is bad.
const WRONG: u8 = 0xff;

/// How much is decoded at once, in bytes.
const DECODED_BYTES: usize = 64 * 1024;

/// A source of UTF-8.
pub(super) struct Text<R> {
    source: R,
    /// `None` where the source is UTF-8 itself.
    decoding: Option<Decoding>,
    /// How many bytes of the source were read.
    taken: u64,
}

struct Decoding {
    decoder: Decoder,
    decoded: Box<[u8]>,
    /// The part that was not read yet.
    from: usize,
    to: usize,
    ended: bool,
}

impl<R: BufRead> Text<R> {
    /// Begins behind the byte order mark.
    pub(super) fn open(source: R, form: &Form) -> io::Result<Self> {
        let decoding = (form.encoding != UTF_8).then(|| Decoding {
            decoder: form.encoding.new_decoder_without_bom_handling(),
            decoded: vec![0; DECODED_BYTES].into(),
            from: 0,
            to: 0,
            ended: false,
        });
        let mut source = source;
        let mark = io::copy(&mut (&mut source).take(form.mark as u64), &mut io::sink())?;
        Ok(Self { source, decoding, taken: mark })
    }

    /// How many bytes of the source were read.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }
}

impl<R: BufRead> BufRead for Text<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let Some(decoding) = &mut self.decoding else { return self.source.fill_buf() };
        while decoding.from == decoding.to && !decoding.ended {
            let bytes = self.source.fill_buf()?;
            let read = decoding.decode(bytes);
            self.source.consume(read);
            self.taken += read as u64;
        }
        Ok(decoding.decoded.get(decoding.from..decoding.to).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        if let Some(decoding) = &mut self.decoding {
            decoding.from = decoding.to.min(decoding.from + amount);
        } else {
            self.source.consume(amount);
            self.taken += amount as u64;
        }
    }
}

impl<R: BufRead> Read for Text<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl Decoding {
    /// Decodes some bytes, and answers how many. No bytes are the end.
    fn decode(&mut self, bytes: &[u8]) -> usize {
        let last = bytes.is_empty();
        let Some((spare, decoded)) = self.decoded.split_last_mut() else { return bytes.len() };
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, decoded, last);
        (self.from, self.to) = (0, written);
        match result {
            DecoderResult::Malformed(..) => {
                *decoded.get_mut(written).unwrap_or(spare) = WRONG;
                self.to += 1;
            }
            DecoderResult::InputEmpty => self.ended = last,
            DecoderResult::OutputFull => {}
        }
        read
    }
}
