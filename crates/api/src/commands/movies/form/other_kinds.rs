//! Files that are no tables of text, told by how they begin.

use std::fmt;

/// A kind of file that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtherKind {
    /// A workbook of a spreadsheet program.
    #[error("this is {0}; open it in a spreadsheet program and export it as CSV")]
    Workbook(Workbook),
    /// Something compressed, by the name of the program.
    #[error("this file is compressed ({0}); unpack it first")]
    Compressed(&'static str),
    /// Another form of data.
    #[error("this is {0} and not CSV")]
    Other(OtherForm),
}

/// A kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Workbook {
    OldExcel,
    Excel,
    OpenDocument,
}

/// A form of data that is no table of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum OtherForm {
    Pdf,
    Sqlite,
    Parquet,
    Rtf,
    Utf32,
    Html,
    Xml,
    Json,
}

impl fmt::Display for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OldExcel => "an old Excel workbook (.xls)",
            Self::Excel => "an Excel workbook (.xlsx)",
            Self::OpenDocument => "an OpenDocument workbook",
        })
    }
}

impl fmt::Display for OtherForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "a PDF document",
            Self::Sqlite => "an SQLite database",
            Self::Parquet => "a Parquet file",
            Self::Rtf => "a document of a word processor (RTF)",
            Self::Utf32 => "text in UTF-32",
            Self::Html => "an HTML page",
            Self::Xml => "an XML document",
            Self::Json => "a JSON document",
        })
    }
}

const ZIP: &[u8] = b"PK\x03\x04";

/// How other kinds begin.
const BEGINNINGS: [(&[u8], OtherKind); 11] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OtherKind::Workbook(Workbook::OldExcel)),
    (b"\x1f\x8b", OtherKind::Compressed("gzip")),
    (b"BZh", OtherKind::Compressed("bzip2")),
    (b"\xfd7zXZ\0", OtherKind::Compressed("xz")),
    (b"\x28\xb5\x2f\xfd", OtherKind::Compressed("zstd")),
    (b"7z\xbc\xaf\x27\x1c", OtherKind::Compressed("7-Zip")),
    (b"%PDF-", OtherKind::Other(OtherForm::Pdf)),
    (b"SQLite format 3\0", OtherKind::Other(OtherForm::Sqlite)),
    (b"PAR1", OtherKind::Other(OtherForm::Parquet)),
    (b"{\\rtf", OtherKind::Other(OtherForm::Rtf)),
    (b"\0\0\xfe\xff", OtherKind::Other(OtherForm::Utf32)),
];

impl OtherKind {
    /// The kind that begins with these bytes.
    pub(super) fn of_bytes(head: &[u8]) -> Option<Self> {
        if head.starts_with(ZIP) {
            return Some(Self::of_zip(head));
        }
        // Its beginning is also that of UTF-16.
        if head.starts_with(b"\xff\xfe\0\0") {
            return Some(Self::Other(OtherForm::Utf32));
        }
        BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)).map(|(_, kind)| *kind)
    }

    /// Workbooks are ZIP archives, whose first entries tell what they are.
    fn of_zip(head: &[u8]) -> Self {
        let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
        if has(b"mimetypeapplication/vnd.oasis.opendocument") {
            Self::Workbook(Workbook::OpenDocument)
        } else if has(b"[Content_Types].xml") || has(b"xl/") || has(b"docProps/") {
            Self::Workbook(Workbook::Excel)
        } else {
            Self::Compressed("ZIP")
        }
    }

    /// The kind of a text that begins like this.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let begins = |with: &str| text.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
        if ["<!doctype html", "<html", "<table", "<head", "<body"].into_iter().any(begins) {
            Some(Self::Other(OtherForm::Html))
        } else if begins("<?xml") || begins("<!--") || begins("<!doctype") {
            Some(Self::Other(OtherForm::Xml))
        } else if text.starts_with(['{', '[']) {
            Some(Self::Other(OtherForm::Json))
        } else {
            None
        }
    }
}
