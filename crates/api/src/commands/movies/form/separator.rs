//! What separates the columns of a file.

use csv::{ByteRecord, ReaderBuilder};

use super::super::columns::Columns;

/// Separators that are looked for; of equally good ones the first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Why the separator is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeparatorError {
    /// The first line has names of columns, but nothing known is between them.
    #[error(
        "the first line names columns, but what separates them is neither a comma nor a semicolon, a tab or a \
         vertical bar"
    )]
    Unknown,
    /// Of a line `sep=…`.
    #[error("the first line is sep={0}, and this cannot separate columns")]
    Unfit(String),
}

/// How the separator is called in the summary.
pub(super) fn name(separator: u8) -> String {
    match separator {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        b'|' => "vertical bar".to_owned(),
        other => char::from(other).to_string(),
    }
}

/// Reads a first line `sep=;`, which may be quoted.
pub(super) fn said(head: &str) -> Result<Option<u8>, SeparatorError> {
    let line = head.split(['\n', '\r']).next().unwrap_or_default();
    let line = line.strip_prefix('"').map_or(line, |line| line.trim_end_matches('"'));
    let Some((key, mark)) = line.split_once('=') else { return Ok(None) };
    if !key.eq_ignore_ascii_case("sep") {
        return Ok(None);
    }
    // A spreadsheet fills the line up with separators.
    let unfit = |byte: u8| byte.is_ascii_alphanumeric() || b"\"' _".contains(&byte) || !byte.is_ascii();
    match mark.as_bytes() {
        [first, rest @ ..] if !unfit(*first) && rest.iter().all(|byte| b",;\t".contains(byte)) => {
            Ok(Some(*first))
        }
        _ => Err(SeparatorError::Unfit(mark.chars().take(20).collect())),
    }
}

/// Finds the separator by the names of columns in the first line that says something.
pub(super) fn find(head: &str) -> Result<u8, SeparatorError> {
    // Names that are quoted otherwise are found all the same; the quotation is refused by its own name.
    let head = &head.replace('\'', "");
    let (mut best, mut most) = (b',', 0);
    for separator in CANDIDATES {
        let known = Columns::known_in(&first_row(head, separator));
        if known > most {
            (best, most) = (separator, known);
        }
    }
    let line = first_row(head, b',');
    let line = String::from_utf8_lossy(line.as_slice()).to_lowercase();
    let mentioned = ["genre", "overview", "crew", "status", "revenue", "country"];
    if most <= 1 && mentioned.into_iter().filter(|name| line.contains(name)).count() > 2 {
        return Err(SeparatorError::Unknown);
    }
    Ok(best)
}

/// The first row that is not blank.
fn first_row(head: &str, separator: u8) -> ByteRecord {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(head.as_bytes());
    let mut row = ByteRecord::new();
    while let Ok(true) = reader.read_byte_record(&mut row) {
        if row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            break;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_the_separator() {
        for (line, separator) in [
            ("names,date_x,score", b','),
            ("\n;;;\n\"names\";\"date_x\";score", b';'),
            ("id\tnames\tdate_x", b'\t'),
            ("names|date_x|a;b", b'|'),
            ("'names';'date_x'", b';'),
            ("", b','),
        ] {
            assert_eq!(find(line), Ok(separator), "{line:?}");
        }
        for line in ["names^genre^overview^crew", "names  genre  overview  crew"] {
            assert_eq!(find(line), Err(SeparatorError::Unknown), "{line:?}");
        }
    }

    #[test]
    fn a_line_for_spreadsheets_says_the_separator() {
        for (line, separator) in
            [("sep=;\r\nname", b';'), ("SEP=\t\nname", b'\t'), ("\"sep=^\"\n", b'^'), ("sep=,,,,", b',')]
        {
            assert_eq!(said(line), Ok(Some(separator)), "{line:?}");
        }
        assert_eq!(said("name;date"), Ok(None));
        assert_eq!(said("sep=ab\n"), Err(SeparatorError::Unfit("ab".to_owned())));
        assert_eq!(said("sep=\n"), Err(SeparatorError::Unfit(String::new())));
    }
}
