//! A cell with a date.

use std::ops::RangeInclusive;

use time::{Date, Month};

use super::cell::Cell;
use super::cell_rule::CellRule;
use super::form::DateOrder;
use super::row_fault::RowFault;

/// Reads a date, blanks around it or not: with hyphens `YYYY-MM-DD`; with slashes `YYYY/MM/DD`, or day and month
/// in `order` before the year; with dots `DD.MM.YYYY` or `YYYY.MM.DD`. Midnight may follow. The year is at most
/// `latest_year`, as it is for movies that come by the API (theater contract, decision 5).
pub(super) fn date(cell: &Cell<'_>, order: Option<DateOrder>, latest_year: i32) -> Result<Date, RowFault> {
    let date = read(cell.required()?, order).map_err(|fault| fault.of(cell, order))?;
    if date.year() > latest_year {
        return Err(cell.fault(CellRule::Year { latest: latest_year }));
    }
    Ok(date)
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    OtherForm,
    DayFirst,
    TwoDigitYear,
    TimeOfDay,
    DayNumber,
}

impl Fault {
    fn of(self, cell: &Cell<'_>, order: Option<DateOrder>) -> RowFault {
        match self {
            Self::OtherForm => cell.fault(CellRule::Date { day_first: order == Some(DateOrder::Dmy) }),
            Self::DayFirst => RowFault::DayFirst { value: cell.text.trim().to_owned() },
            Self::TwoDigitYear => cell.fault(CellRule::TwoDigitYear),
            Self::TimeOfDay => cell.fault(CellRule::TimeOfDay),
            Self::DayNumber => cell.fault(CellRule::DayNumber),
        }
    }
}

fn read(text: &str, order: Option<DateOrder>) -> Result<Date, Fault> {
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let Some(parts) = Parts::of(day) else {
        return Err(if is_day_number(text) { Fault::DayNumber } else { Fault::OtherForm });
    };
    let date = parts.date(order)?;
    if time.is_none_or(is_midnight) { Ok(date) } else { Err(Fault::TimeOfDay) }
}

/// Three numbers, and the mark between them.
struct Parts<'a> {
    mark: u8,
    texts: [&'a str; 3],
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mark = text.bytes().find(|byte| !byte.is_ascii_digit())?;
        let mut parts = text.split(char::from(mark));
        let texts = [parts.next()?, parts.next()?, parts.next()?];
        let numbers = texts
            .iter()
            .all(|part| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit()));
        (parts.next().is_none() && numbers).then_some(Self { mark, texts })
    }

    fn date(&self, order: Option<DateOrder>) -> Result<Date, Fault> {
        let [first, second, third] = self.texts;
        match (self.mark, [first.len(), second.len(), third.len()]) {
            (b'-', [4, 2, 2]) | (b'/' | b'.', [4, 1 | 2, 1 | 2]) => calendar(first, second, third),
            (b'.', [1 | 2, 1 | 2, 4]) => calendar(third, second, first),
            (b'/', [1 | 2, 1 | 2, 4]) => match order {
                Some(DateOrder::Dmy) => calendar(third, second, first),
                // Also where the month has no such day: what was meant is day-first all the same.
                None if is_day_first(first, second) => Err(Fault::DayFirst),
                Some(DateOrder::Mdy) | None => calendar(third, first, second),
            },
            (b'-' | b'/' | b'.', [1 | 2, 1 | 2, 1 | 2]) => Err(Fault::TwoDigitYear),
            _ => Err(Fault::OtherForm),
        }
    }
}

/// Whether the first number can be a day alone, and the second one can be a month.
fn is_day_first(first: &str, second: &str) -> bool {
    let is_in =
        |text: &str, range: RangeInclusive<u8>| text.parse().is_ok_and(|number| range.contains(&number));
    is_in(first, 13..=31) && is_in(second, 1..=12)
}

fn calendar(year: &str, month: &str, day: &str) -> Result<Date, Fault> {
    let read = || {
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
    };
    read().filter(|date| date.year() > 0).ok_or(Fault::OtherForm)
}

/// Midnight as programs write it that know dates by their moment alone: `00:00:00.000`, `0:00`, `12:00 AM`, with
/// or without a time zone.
fn is_midnight(time: &str) -> bool {
    let time = time.trim();
    let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00")).unwrap_or(time);
    let twelve = time.strip_suffix("AM").map(str::trim_end).and_then(|time| time.strip_prefix("12"));
    let zeros = twelve.unwrap_or(time);
    zeros.contains(':') && zeros.bytes().all(|byte| b"0:.".contains(&byte))
}

/// A day of the years 1906 to 2173, counted as spreadsheets count. A smaller number may be a year.
fn is_day_number(text: &str) -> bool {
    let text = text.strip_suffix(".0").unwrap_or(text);
    text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u32>().is_ok_and(|number| matches!(number, 2_200..=99_999))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn said(text: &str, order: Option<DateOrder>) -> Result<Date, String> {
        super::date(&Cell { column: "date", text }, order, 2027).map_err(|fault| fault.to_string())
    }

    #[test]
    fn forms_of_dates_are_read_with_blanks_around() {
        for text in [
            "2023-03-02",
            "03/02/2023",
            " 03/02/2023 ",
            "2023-03-02\u{a0}",
            "3/2/2023",
            "2023/03/02",
            "2023/3/2",
            "02.03.2023",
            "2.3.2023",
            "2023.03.02",
        ] {
            assert_eq!(said(text, None), Ok(date!(2023 - 03 - 02)), "{text:?}");
        }
        assert_eq!(said("2024-02-29", None), Ok(date!(2024 - 02 - 29)));
    }

    #[test]
    fn midnight_may_follow_a_date_and_another_time_is_named() {
        for text in [
            "2023-03-02 00:00:00",
            "2023-03-02T00:00:00Z",
            "2023-03-02T00:00:00.000+00:00",
            "3/2/2023 0:00",
            "3/2/2023 12:00:00 AM",
            "02.03.2023 00:00",
        ] {
            assert_eq!(said(text, None), Ok(date!(2023 - 03 - 02)), "{text:?}");
        }
        for text in ["2023-03-02 12:00", "2023-03-02T00:00:01Z", "3/2/2023 12:00 PM", "2023-03-02 x"] {
            let rule = "this is a date with a time of day; write the date alone";
            assert_eq!(said(text, None), Err(format!("date {text:?}: {rule}")));
        }
    }

    #[test]
    fn slashed_dates_are_read_as_they_are_said_to_be() {
        assert_eq!(said("03/02/2023", Some(DateOrder::Mdy)), Ok(date!(2023 - 03 - 02)));
        assert_eq!(said("03/02/2023", Some(DateOrder::Dmy)), Ok(date!(2023 - 02 - 03)));
        assert_eq!(said("25/04/2001", Some(DateOrder::Dmy)), Ok(date!(2001 - 04 - 25)));
        for (text, order, form) in
            [("25/04/2001", DateOrder::Mdy, "MM/DD/YYYY"), ("04/25/2001", DateOrder::Dmy, "DD/MM/YYYY")]
        {
            let rule = format!("this is not a date of the form YYYY-MM-DD or {form}");
            assert_eq!(said(text, Some(order)), Err(format!("date {text:?}: {rule}")));
        }
        assert_eq!(said("2001/04/25", Some(DateOrder::Dmy)), Ok(date!(2001 - 04 - 25)));
    }

    #[test]
    fn a_date_that_cannot_be_month_first_is_day_first_even_if_its_month_is_shorter() {
        for text in ["25/04/2001", "30/02/2001", "13/1/2001", "25/04/2001 12:00"] {
            let fault = super::date(&Cell { column: "date", text: &format!(" {text} ") }, None, 2027);
            assert_eq!(fault, Err(RowFault::DayFirst { value: text.to_owned() }));
        }
        let said = said("02/30/2001", None).unwrap_err();
        assert!(said.contains("this is not a date of the form"), "{said}");
    }

    #[test]
    fn a_date_that_may_be_in_either_order_is_month_first_unless_something_else_is_said() {
        assert_eq!(said("01/02/2001", None), Ok(date!(2001 - 01 - 02)));
        assert_eq!(said("01/02/2001", Some(DateOrder::Dmy)), Ok(date!(2001 - 02 - 01)));
    }

    #[test]
    fn what_is_no_date_is_named() {
        for text in [
            "2023-3-2",
            "2023-02-29",
            "13/45/2023",
            "03-02-2023",
            "2023-00-01",
            "0000-01-01",
            "+023-01-01",
            "2001",
            "25 Apr 2001",
            "x",
        ] {
            let rule = "this is not a date of the form YYYY-MM-DD or MM/DD/YYYY";
            assert_eq!(said(text, None), Err(format!("date {text:?}: {rule}")));
        }
    }

    #[test]
    fn years_of_two_digits_and_numbers_of_days_are_named() {
        for text in ["4/25/01", "25.04.01", "01-04-25"] {
            let rule = "the year has two digits, which do not say the century";
            assert_eq!(said(text, None), Err(format!("date {text:?}: {rule}")));
        }
        for text in ["37006", "37006.0", "6941"] {
            let rule = "this is the number that a spreadsheet has for a date; write it as YYYY-MM-DD";
            assert_eq!(said(text, None), Err(format!("date {text:?}: {rule}")));
        }
    }

    #[test]
    fn the_year_is_at_most_the_next() {
        assert!(said("2027-12-31", None).is_ok());
        assert_eq!(said("01/01/2028", None), Err("date \"01/01/2028\": the year is at most 2027".to_owned()));
    }
}
