//! A look at a file before it is read.

use std::io::{self, BufRead, Read as _};

use encoding_rs::UTF_8;

use super::encoding;
use super::other_kinds::OtherKind;
use super::sample::Sample;
use super::{Form, Told, quoting, separator};
use crate::commands::movies::csv_file::CsvFileError;

/// How much of a file is looked at for its kind, separator and quotation, in bytes.
const HEAD_BYTES: usize = 256 * 1024;

/// Room for a byte order mark, in bytes. With an even number, what comes next begins with a whole unit of UTF-16.
const MARK_BYTES: usize = 4;

/// The beginning of a text.
pub(super) struct Head<'a> {
    pub text: &'a str,
    /// Whether it is all of the text.
    pub whole: bool,
}

/// Finds out the form of a file. Only its beginning is read where that says the encoding, and the rest with
/// constant memory where it does not.
pub(in super::super) fn look(mut source: impl BufRead, told: &Told) -> Result<Form, CsvFileError> {
    let (head, whole) = head(&mut source)?;
    if let Some(kind) = OtherKind::of_bytes(&head) {
        return Err(kind.into());
    }
    let mut form = Form { dates: told.dates, ..Form::default() };
    if let Some((encoding, mark)) = encoding::marked(&head) {
        (form.encoding, form.mark) = (encoding, mark);
    } else if let Some(told) = told.encoding {
        form.encoding = told.0;
    } else if let Some(encoding) = encoding::of_two_bytes(&head) {
        form.encoding = encoding;
    } else {
        let sample = Sample::of(&head, source)?;
        form.encoding = if sample.is_utf_8() { UTF_8 } else { encoding::guess(&sample)? };
        form.guessed = form.encoding != UTF_8;
    }
    let text = encoding::decoded(form.encoding, head.get(form.mark..).unwrap_or_default(), whole);
    if let Some(kind) = OtherKind::of_text(&text) {
        return Err(kind.into());
    }
    let said = separator::said(&text)?;
    form.separator_line = said.is_some();
    let text = if form.separator_line { after_first_line(&text) } else { &text };
    form.separator = match said {
        Some(separator) => separator,
        None => separator::find(text)?,
    };
    quoting::check(&Head { text, whole }, form.separator)?;
    Ok(form)
}

/// The first bytes, and whether there are no more. Blank lines are passed over, since a file may begin with any
/// number of them.
fn head(source: &mut impl BufRead) -> io::Result<(Vec<u8>, bool)> {
    let is_blank = |bytes: &[u8]| bytes.iter().all(|byte| b"\0\r\n\t ,;|".contains(byte));
    let mut head = Vec::new();
    loop {
        io::Read::take(&mut *source, HEAD_BYTES as u64).read_to_end(&mut head)?;
        let whole = source.fill_buf()?.is_empty();
        if whole || !head.get(MARK_BYTES..).is_some_and(is_blank) {
            return Ok((head, whole));
        }
        head.truncate(MARK_BYTES);
    }
}

fn after_first_line(text: &str) -> &str {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}
