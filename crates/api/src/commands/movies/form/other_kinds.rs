//! Files that are no tables of text, told by how they begin.

/// A kind of file that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtherKind {
    /// A workbook of a spreadsheet program.
    #[error("this is {0}; open it in a spreadsheet program and export it as CSV")]
    Workbook(&'static str),
    /// Something compressed.
    #[error("this file is compressed ({0}); unpack it first")]
    Compressed(&'static str),
    /// Another form of data.
    #[error("this is {0} and not CSV")]
    Other(&'static str),
}

const ZIP: &[u8] = b"PK\x03\x04";

/// How other kinds begin.
const BEGINNINGS: [(&[u8], OtherKind); 11] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OtherKind::Workbook("an old Excel workbook (.xls)")),
    (b"\x1f\x8b", OtherKind::Compressed("gzip")),
    (b"BZh", OtherKind::Compressed("bzip2")),
    (b"\xfd7zXZ\0", OtherKind::Compressed("xz")),
    (b"\x28\xb5\x2f\xfd", OtherKind::Compressed("zstd")),
    (b"7z\xbc\xaf\x27\x1c", OtherKind::Compressed("7-Zip")),
    (b"%PDF-", OtherKind::Other("a PDF document")),
    (b"SQLite format 3\0", OtherKind::Other("an SQLite database")),
    (b"PAR1", OtherKind::Other("a Parquet file")),
    (b"{\\rtf", OtherKind::Other("a document of a word processor (RTF)")),
    (b"\0\0\xfe\xff", OtherKind::Other("text in UTF-32")),
];

impl OtherKind {
    /// The kind that begins with these bytes.
    pub(super) fn of_bytes(head: &[u8]) -> Option<Self> {
        if head.starts_with(ZIP) {
            return Some(Self::of_zip(head));
        }
        // Its beginning is also that of UTF-16.
        if head.starts_with(b"\xff\xfe\0\0") {
            return Some(Self::Other("text in UTF-32"));
        }
        BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)).map(|(_, kind)| *kind)
    }

    /// Workbooks are ZIP archives, whose first entries tell what they are.
    fn of_zip(head: &[u8]) -> Self {
        let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
        if has(b"mimetypeapplication/vnd.oasis.opendocument") {
            Self::Workbook("an OpenDocument workbook")
        } else if has(b"[Content_Types].xml") || has(b"xl/") || has(b"docProps/") {
            Self::Workbook("an Excel workbook (.xlsx)")
        } else {
            Self::Compressed("ZIP")
        }
    }

    /// The kind of a text that begins like this.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let begins = |with: &str| text.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
        if ["<!doctype html", "<html", "<table", "<head", "<body"].into_iter().any(begins) {
            Some(Self::Other("an HTML page"))
        } else if begins("<?xml") || begins("<!--") || begins("<!doctype") {
            Some(Self::Other("an XML document"))
        } else if text.starts_with(['{', '[']) {
            Some(Self::Other("a JSON document"))
        } else {
            None
        }
    }
}
