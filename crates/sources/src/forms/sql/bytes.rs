//! Bytes of a file, with one that can be looked at ahead and the number of the line.

use std::io::BufRead;

use crate::OpenError;

/// A file's bytes, one after another.
pub(crate) struct Bytes<R> {
    input: R,
    /// The next byte, where it was taken from the input to look at the one behind it.
    ahead: Option<u8>,
    file: String,
    line: u64,
}

impl<R: BufRead> Bytes<R> {
    /// Begins at line 1.
    pub(crate) fn new(input: R, file: &str) -> Self {
        Self { input, ahead: None, file: file.to_owned(), line: 1 }
    }

    /// The file's name.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The number of the line that the next byte is on.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The next byte, which stays.
    pub(crate) fn peek(&mut self) -> Result<Option<u8>, OpenError> {
        match self.ahead {
            Some(byte) => Ok(Some(byte)),
            None => self.first(),
        }
    }

    /// The byte after the next.
    pub(crate) fn peek_second(&mut self) -> Result<Option<u8>, OpenError> {
        if self.ahead.is_none() {
            self.ahead = self.first()?;
            if self.ahead.is_none() {
                return Ok(None);
            }
            self.input.consume(1);
        }
        self.first()
    }

    /// The first byte of the input.
    fn first(&mut self) -> Result<Option<u8>, OpenError> {
        match self.input.fill_buf() {
            Ok(chunk) => Ok(chunk.first().copied()),
            Err(error) => Err(OpenError::file(&self.file, error.to_string())),
        }
    }

    /// Takes the next byte.
    pub(crate) fn next(&mut self) -> Result<Option<u8>, OpenError> {
        let byte = if let Some(byte) = self.ahead.take() {
            Some(byte)
        } else {
            let byte = self.first()?;
            self.input.consume(usize::from(byte.is_some()));
            byte
        };
        if byte == Some(b'\n') {
            self.line += 1;
        }
        Ok(byte)
    }

    /// Takes bytes up to and with the end of the line.
    pub(crate) fn skip_line(&mut self) -> Result<(), OpenError> {
        while let Some(byte) = self.next()? {
            if byte == b'\n' {
                break;
            }
        }
        Ok(())
    }

    /// Takes a line, without its end, and no more than `most` bytes of it. `None` at the end of the file.
    pub(crate) fn take_line(&mut self, most: usize) -> Result<Option<Result<Vec<u8>, ()>>, OpenError> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let mut text = Vec::new();
        let mut fits = true;
        while let Some(byte) = self.next()? {
            if byte == b'\n' {
                break;
            }
            if text.len() < most {
                text.push(byte);
            } else {
                fits = false;
            }
        }
        if text.last() == Some(&b'\r') {
            text.pop();
        }
        Ok(Some(if fits { Ok(text) } else { Err(()) }))
    }
}
