//! Birthdays as files have them.

use time::{Date, Month};

use crate::commands::movies::DateOrder;

/// The year of a birthday whose year nobody told. Apple's programs write it so; it has a 29 February.
pub(super) const NO_YEAR: i32 = 1604;

/// The year that Outlook writes where there is no birthday.
const NO_BIRTHDAY: i32 = 4501;

/// Years that every database keeps.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

/// Why a text is no birthday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// A slashed date that cannot be month-first, so that it is not known how the others are meant.
    DayFirst,
    /// Anything else.
    OtherForm,
}

/// Reads a birthday. `None` where the text says that there is none.
///
/// With hyphens `YYYY-MM-DD`, without anything `YYYYMMDD`, with slashes `YYYY/MM/DD` or day and month in `order` before
/// the year, with dots `DD.MM.YYYY`. Without a year `--MM-DD` and `--MMDD`. A time may follow.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<Option<Date>, Unread> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    if let Some(month_and_day) = day.strip_prefix("--") {
        let digits: String = month_and_day.chars().filter(|letter| *letter != '-').collect();
        let (Some(month), Some(day), 4) = (digits.get(..2), digits.get(2..), digits.len()) else {
            return Err(Unread::OtherForm);
        };
        return date(None, month, day);
    }
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| day.get(range).unwrap_or_default();
        return date(Some(part(0..4)), part(4..6), part(6..8));
    }
    let mark = day.chars().find(|letter| !letter.is_ascii_digit()).ok_or(Unread::OtherForm)?;
    let mut parts = day.split(mark);
    let (Some(first), Some(second), Some(third), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Unread::OtherForm);
    };
    // Programs write this where no date was chosen.
    if [first, second, third].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'0')) {
        return Ok(None);
    }
    match (mark, first.len(), third.len()) {
        ('-' | '/' | '.', 4, 1 | 2) => date(Some(first), second, third),
        ('.', 1 | 2, 4) => date(Some(third), second, first),
        ('/', 1 | 2, 4) => match order {
            Some(DateOrder::Dmy) => date(Some(third), second, first),
            None if is_day_first(first, second) => Err(Unread::DayFirst),
            Some(DateOrder::Mdy) | None => date(Some(third), first, second),
        },
        _ => Err(Unread::OtherForm),
    }
}

fn is_day_first(first: &str, second: &str) -> bool {
    let number = |text: &str| text.parse::<u8>().unwrap_or_default();
    (13..=31).contains(&number(first)) && (1..=12).contains(&number(second))
}

fn date(year: Option<&str>, month: &str, day: &str) -> Result<Option<Date>, Unread> {
    let number = |text: &str| text.parse::<u8>().map_err(|_no_number| Unread::OtherForm);
    let year: i32 = match year {
        None => NO_YEAR,
        Some(year) => year.parse().map_err(|_no_number| Unread::OtherForm)?,
    };
    // Years that stand for an unknown one: the first, the zeroth, and Apple's.
    let year = if matches!(year, 0 | 1) { NO_YEAR } else { year };
    let month = Month::try_from(number(month)?).map_err(|_no_month| Unread::OtherForm)?;
    let date = Date::from_calendar_date(year, month, number(day)?);
    let date = date.ok().filter(|date| YEARS.contains(&date.year())).ok_or(Unread::OtherForm)?;
    Ok((year != NO_BIRTHDAY).then_some(date))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_forms_that_programs_write_are_read() {
        for text in [
            "1990-05-06",
            "19900506",
            "1990/5/6",
            "06.05.1990",
            "6.5.1990",
            "5/6/1990",
            "05/06/1990",
            "1990-05-06T00:00:00Z",
            " 1990-05-06 00:00 ",
        ] {
            assert_eq!(read(text, None), Ok(Some(date!(1990 - 05 - 06))), "{text}");
        }
        assert_eq!(read("6/5/1990", Some(DateOrder::Dmy)), Ok(Some(date!(1990 - 05 - 06))));
        assert_eq!(read("25/04/2001", Some(DateOrder::Dmy)), Ok(Some(date!(2001 - 04 - 25))));
    }

    #[test]
    fn a_birthday_without_a_year_keeps_its_month_and_day() {
        for text in ["--05-06", "--0506", " --05-06", "1604-05-06", "0001-05-06", "0000-05-06", "16040506"] {
            assert_eq!(read(text, None), Ok(Some(date!(1604 - 05 - 06))), "{text}");
        }
        assert_eq!(read("--0229", None), Ok(Some(date!(1604 - 02 - 29))));
    }

    #[test]
    fn the_dates_that_stand_for_none_are_none() {
        for text in ["1/1/4501", "4501-01-01", "0/0/00", "0000-00-00"] {
            assert_eq!(read(text, None), Ok(None), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_told_and_a_day_first_date_is_in_doubt() {
        for text in [
            "",
            "May 6",
            "1990",
            "1990-05",
            "1990-02-30",
            "5/6/90",
            "--13-01",
            "---06",
            "0990-01-01",
            "5/x/1990",
        ] {
            assert_eq!(read(text, None), Err(Unread::OtherForm), "{text}");
        }
        for text in ["25/04/2001", "30/2/2001"] {
            assert_eq!(read(text, None), Err(Unread::DayFirst), "{text}");
        }
        assert_eq!(read("25/04/2001", Some(DateOrder::Mdy)), Err(Unread::OtherForm));
    }
}
