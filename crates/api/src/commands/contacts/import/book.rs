//! The contacts of a file.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use vestibule_domain::accounts::import::ImportedContact;

use super::super::person::{EntryFault, LeftBehind, Reading, Settled};
use super::super::table::{Table, TableError};
use super::super::vcard;
use crate::commands::movies::{DateOrder, NamedEncoding};

/// The largest file, in bytes. It is read as a whole.
const MOST: u64 = 256 * 1024 * 1024;

/// What the operator says of a file. What is not said is found out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    /// How slashed dates are to be read.
    pub dates: Option<DateOrder>,
    /// The encoding of a file that has no byte order mark.
    pub encoding: Option<NamedEncoding>,
}

/// An entry that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    /// The number of the card, from 1; `None` of a row.
    pub card: Option<u64>,
    /// The line in which it begins, from 1.
    pub line: u64,
    /// Why.
    pub fault: EntryFault,
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { card, line, fault } = self;
        match card {
            Some(card) => write!(f, "card {card} (line {line}): {fault}"),
            None => write!(f, "line {line}: {fault}"),
        }
    }
}

/// What a file has.
#[derive(Debug, Default)]
pub struct Book {
    /// Cards or rows.
    pub entries: u64,
    /// Those that are contacts, in the order of the file.
    pub contacts: Vec<ImportedContact>,
    /// Those that are not.
    pub bad: Vec<BadEntry>,
    /// What was not taken over, and how often.
    pub behind: LeftBehind,
    /// How it was read, for people.
    pub form: String,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The operating system.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is too large.
    #[error("the file has more than {} MiB; cut it into several", MOST / (1024 * 1024))]
    TooLarge,
    /// It is in another encoding.
    #[error("the file has bytes that are not of {0}; say what it is with --encoding, or convert it to UTF-8")]
    Encoding(&'static str),
    /// No table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A slashed date is day-first, so it is not known how the others are meant.
    #[error(
        "line {line} has the date {date:?}, so not all slashed dates are month-first (MM/DD/YYYY), and it is not \
         certain what the others mean; nothing was imported. Say how they are to be read: --dates dmy or --dates mdy"
    )]
    AmbiguousDates {
        /// The line.
        line: u64,
        /// The date.
        date: String,
    },
}

/// Reads a file.
///
/// # Errors
/// See [`BookError`].
pub fn read(file: &Path, told: Told) -> Result<Book, BookError> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(BookError::TooLarge);
    }
    let (text, encoding) = decoded(bytes, told.encoding.map(NamedEncoding::get))?;
    let mut book = of_text(&text, Reading { dates: told.dates })?;
    book.form = format!("{}, {}", book.form, encoding.name());
    Ok(book)
}

/// The text of a file, and its encoding: that of its mark, the one that was told, UTF-8, or else the one in which
/// Outlook writes in the west.
fn decoded(
    bytes: Vec<u8>,
    told: Option<&'static Encoding>,
) -> Result<(String, &'static Encoding), BookError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode(bytes.get(mark..).unwrap_or_default(), encoding);
    }
    match (told, String::from_utf8(bytes)) {
        (None, Ok(text)) => Ok((text, UTF_8)),
        (Some(told), Ok(text)) => decode(text.as_bytes(), told),
        (told, Err(other)) => decode(other.as_bytes(), told.unwrap_or(WINDOWS_1252)),
    }
}

fn decode(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, &'static Encoding), BookError> {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    if has_errors { Err(BookError::Encoding(encoding.name())) } else { Ok((text.into_owned(), encoding)) }
}

pub(in super::super) fn of_text(text: &str, reading: Reading) -> Result<Book, BookError> {
    let head = text.trim_start().get(..11).unwrap_or_default();
    if head.eq_ignore_ascii_case("BEGIN:VCARD") {
        Ok(of_cards(text, reading))
    } else {
        of_table(text, reading)
    }
}

fn of_cards(text: &str, reading: Reading) -> Book {
    let mut book = Book { form: "vCards".to_owned(), ..Book::default() };
    for vcard::Card { number, line, text } in vcard::cards(text) {
        let settled = match text {
            Ok(text) => vcard::contact(&text, reading, &mut book.behind).map(|settled| settled.contact),
            Err(fault) => Some(Err(fault)),
        };
        book.entries += 1;
        book.take(Some(number), line, settled);
    }
    book
}

fn of_table(text: &str, reading: Reading) -> Result<Book, BookError> {
    let mut table = Table::open(text)?;
    let dates = match reading.dates {
        Some(DateOrder::Dmy) => "slashed dates day first",
        Some(DateOrder::Mdy) => "slashed dates month first",
        None => "slashed dates month first (the default)",
    };
    let form = if table.is_ours() { "table of ours" } else { "table of another program" };
    let separator = match table.separator {
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        _ => "vertical bar",
    };
    let mut book = Book { form: format!("{form}, {separator}, {dates}"), ..Book::default() };
    while let Some((line, Settled { contact, day_first })) = table.next(reading, &mut book.behind)? {
        if let Some(date) = day_first {
            return Err(BookError::AmbiguousDates { line, date });
        }
        book.entries += 1;
        book.take(None, line, Some(contact));
    }
    Ok(book)
}

impl Book {
    fn take(&mut self, card: Option<u64>, line: u64, contact: Option<Result<ImportedContact, EntryFault>>) {
        match contact {
            Some(Ok(contact)) => self.contacts.push(contact),
            Some(Err(fault)) => self.bad.push(BadEntry { card, line, fault }),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_that_of_the_mark_or_utf_8_or_else_the_west_s() {
        let read = |bytes: &[u8], told| decoded(bytes.to_vec(), told).map(|(text, _)| text).ok();
        assert_eq!(read("\u{feff}Zoë".as_bytes(), None).as_deref(), Some("Zoë"));
        assert_eq!(read(b"\xff\xfeZ\0o\0", None).as_deref(), Some("Zo"));
        assert_eq!(read("Zoë".as_bytes(), None).as_deref(), Some("Zoë"));
        assert_eq!(read(b"Zo\xeb", None).as_deref(), Some("Zoë"));
        assert_eq!(read(b"Zo\xeb", Some(encoding_rs::WINDOWS_1251)).as_deref(), Some("Zoл"));
        assert_eq!(read(b"Zo\xeb", Some(UTF_8)), None);
    }
}
