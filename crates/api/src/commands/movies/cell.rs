//! A cell of a row.

use std::fmt::Display;

use csv::ByteRecord;
use time::{Date, Month};

use super::row_fault::RowFault;

/// The text of a cell, and the column that it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    pub column: &'static str,
    pub text: &'a str,
}

impl<'a> Cell<'a> {
    pub(super) fn of(row: &'a ByteRecord, column: &'static str, place: usize) -> Result<Self, RowFault> {
        let bytes = row.get(place).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|_where| RowFault::Encoding { column })?;
        Ok(Self { column, text })
    }

    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text without the blanks around it; there must be one.
    pub(super) fn required(&self) -> Result<&'a str, RowFault> {
        match self.text.trim() {
            "" => Err(RowFault::Missing { column: self.column }),
            text => Ok(text),
        }
    }

    /// The cell breaks a rule.
    pub(super) fn fault(&self, rule: impl Display) -> RowFault {
        self.fault_at(self.text, rule)
    }

    /// A part of the cell breaks a rule.
    pub(super) fn fault_at(&self, part: &str, rule: impl Display) -> RowFault {
        RowFault::cell(self.column, part, rule)
    }
}

/// Reads a number, blanks around it or not. It may still be infinite, or none at all.
pub(super) fn number(cell: &Cell<'_>) -> Result<f64, RowFault> {
    cell.text.trim().parse().map_err(|_not_a_number| cell.fault("this is not a number"))
}

/// Reads `YYYY-MM-DD` or `MM/DD/YYYY`, blanks around it or not. The year is at most `latest_year`, as
/// it is for movies that come by the API (theater contract, decision 5).
pub(super) fn date(cell: &Cell<'_>, latest_year: i32) -> Result<Date, RowFault> {
    let date = read_date(cell.required()?)
        .ok_or_else(|| cell.fault("this is not a date of the form YYYY-MM-DD or MM/DD/YYYY"))?;
    if date.year() > latest_year {
        return Err(cell.fault(format_args!("the year is at most {latest_year}")));
    }
    Ok(date)
}

fn read_date(text: &str) -> Option<Date> {
    let both = |mark, [first, second]: [usize; 2]| {
        let bytes = text.as_bytes();
        bytes.get(first) == Some(&mark) && bytes.get(second) == Some(&mark)
    };
    let (year, month, day) = if text.len() != 10 {
        return None;
    } else if both(b'-', [4, 7]) {
        (text.get(..4)?, text.get(5..7)?, text.get(8..)?)
    } else if both(b'/', [2, 5]) {
        (text.get(6..)?, text.get(..2)?, text.get(3..5)?)
    } else {
        return None;
    };
    let year = i32::from(digits(year)?);
    let month = Month::try_from(u8::try_from(digits(month)?).ok()?).ok()?;
    let day = u8::try_from(digits(day)?).ok()?;
    Date::from_calendar_date(year, month, day).ok().filter(|date| date.year() > 0)
}

/// A number that is nothing but digits.
fn digits(text: &str) -> Option<u16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn cell(text: &str) -> Cell<'_> {
        Cell { column: "date", text }
    }

    #[test]
    fn both_forms_of_dates_are_read_with_blanks_around() {
        for text in ["2023-03-02", "03/02/2023", " 03/02/2023 ", "2023-03-02\u{a0}"] {
            assert_eq!(super::date(&cell(text), 2027), Ok(date!(2023 - 03 - 02)), "{text:?}");
        }
        assert_eq!(super::date(&cell("2024-02-29"), 2027), Ok(date!(2024 - 02 - 29)));
    }

    #[test]
    fn what_is_no_date_is_named() {
        for text in [
            "2023-3-2",
            "3/2/2023",
            "2023-02-29",
            "13/01/2023",
            "2023-00-01",
            "0000-01-01",
            "+023-01-01",
            "x",
        ] {
            assert_eq!(
                super::date(&cell(text), 2027).unwrap_err().to_string(),
                format!("date {text:?}: this is not a date of the form YYYY-MM-DD or MM/DD/YYYY")
            );
        }
    }

    #[test]
    fn the_year_is_at_most_the_next() {
        assert!(super::date(&cell("2027-12-31"), 2027).is_ok());
        assert_eq!(
            super::date(&cell("01/01/2028"), 2027).unwrap_err().to_string(),
            "date \"01/01/2028\": the year is at most 2027"
        );
    }

    #[test]
    fn numbers_may_have_blanks_around() {
        assert_eq!(number(&cell(" 73.5\u{a0}")), Ok(73.5));
        for text in ["1,5", "$5", "1_000", "5 0", "--1"] {
            assert_eq!(
                number(&cell(text)).unwrap_err().to_string(),
                format!("date {text:?}: this is not a number")
            );
        }
    }
}
