//! Values of rows. Each is read as sqlx reads it, from the same texts and numbers.

use rusqlite::types::ValueRef;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
use uuid::Uuid;

use super::bind::{DATE, DATE_TIME, TIME};
use crate::db::entities::Utc;

/// A type that a value of SQLite is read into.
pub(in crate::db) trait OfSqlite: Sized {
    /// The value; `None` if it is not of this type.
    fn of_sqlite(value: ValueRef<'_>) -> Option<Self>;
}

macro_rules! of_sqlite {
    ($($type:ty: $value:ident => $read:expr;)+) => {
        $(impl OfSqlite for $type {
            fn of_sqlite($value: ValueRef<'_>) -> Option<Self> {
                $read
            }
        })+
    };
}

of_sqlite! {
    i64: value => integer(value);
    i32: value => integer(value)?.try_into().ok();
    i16: value => integer(value)?.try_into().ok();
    bool: value => integer(value).map(|number| number != 0);
    f64: value => real(value);
    String: value => text(value).map(str::to_owned);
    Vec<u8>: value => bytes(value).map(<[u8]>::to_vec);
    Uuid: value => Uuid::from_slice(bytes(value)?).ok();
    Date: value => date(text(value)?);
    Utc: value => time(value).map(Utc);
}

impl<T: OfSqlite> OfSqlite for Option<T> {
    fn of_sqlite(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            value => T::of_sqlite(value).map(Some),
        }
    }
}

/// A time of the day, with less in it than the one that this server writes.
const CLOCKS: [&[BorrowedFormatItem<'_>]; 2] =
    [format_description!("[hour]:[minute]:[second]"), format_description!("[hour]:[minute]")];

/// How many characters a date has.
const OF_DATE: usize = "2026-11-20".len();

fn integer(value: ValueRef<'_>) -> Option<i64> {
    match value {
        ValueRef::Integer(number) => Some(number),
        _ => None,
    }
}

fn real(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Real(number) => Some(number),
        _ => None,
    }
}

fn text(value: ValueRef<'_>) -> Option<&str> {
    match value {
        ValueRef::Text(text) => std::str::from_utf8(text).ok(),
        _ => None,
    }
}

fn bytes(value: ValueRef<'_>) -> Option<&[u8]> {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(bytes),
        _ => None,
    }
}

/// The digits of a number of this many places.
fn digits<const N: usize>(text: [u8; N]) -> Option<u16> {
    text.into_iter().try_fold(0_u16, |number, digit| {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 { None } else { number.checked_mul(10)?.checked_add(digit.into()) }
    })
}

/// A date. The form that nearly all have is read here, in a twentieth of the time.
fn date(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return Date::parse(text, DATE).ok();
    };
    let (year, month) = (digits([y1, y2, y3, y4])?, u8::try_from(digits([m1, m2])?).ok()?);
    let day = u8::try_from(digits([d1, d2])?).ok()?;
    Date::from_calendar_date(year.into(), month.try_into().ok()?, day).ok()
}

/// A time, by default in UTC.
fn time(value: ValueRef<'_>) -> Option<OffsetDateTime> {
    if let ValueRef::Integer(seconds) = value {
        return OffsetDateTime::from_unix_timestamp(seconds).ok();
    }
    let text = text(value)?;
    // This is the form that this server writes.
    match own_time(text).or_else(|| PrimitiveDateTime::parse(text, DATE_TIME).ok()) {
        Some(time) => Some(time.assume_utc()),
        None => time_of_others(text),
    }
}

/// A time with a fraction of up to nine digits, which is how nearly all are written: read without looking at a format.
fn own_time(text: &str) -> Option<PrimitiveDateTime> {
    let (day, rest) = text.split_at_checked(OF_DATE)?;
    let (clock, fraction) = rest.split_at_checked(" 10:00:00.".len())?;
    let &[b' ', h1, h2, b':', m1, m2, b':', s1, s2, b'.'] = clock.as_bytes() else { return None };
    let of_two = |text| u8::try_from(digits(text)?).ok();
    let missing = u32::try_from(9_usize.checked_sub(fraction.len())?).ok()?;
    let is_number = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let nanos = is_number.then(|| fraction.parse::<u32>().ok()).flatten()? * 10_u32.pow(missing);
    let clock = Time::from_hms_nano(of_two([h1, h2])?, of_two([m1, m2])?, of_two([s1, s2])?, nanos).ok()?;
    Some(PrimitiveDateTime::new(date(day)?, clock))
}

/// A time as other programs write it: after a blank or a `T`, with or without seconds and an offset.
fn time_of_others(text: &str) -> Option<OffsetDateTime> {
    let (date, rest) = text.split_at_checked(OF_DATE)?;
    let date = Date::parse(date, DATE).ok()?;
    let rest = rest.strip_prefix([' ', 'T']).unwrap_or(rest);
    let (clock, offset) = match rest.strip_suffix('Z') {
        Some(clock) => (clock, UtcOffset::UTC),
        None => match rest.rfind(['+', '-']) {
            Some(at) => (rest.get(..at)?, offset(rest.get(at..)?)?),
            None => (rest, UtcOffset::UTC),
        },
    };
    let parsed = Time::parse(clock, TIME).ok();
    let clock = parsed.or_else(|| CLOCKS.iter().find_map(|form| Time::parse(clock, form).ok()))?;
    Some(PrimitiveDateTime::new(date, clock).assume_offset(offset))
}

/// An offset like `+02:00`, `+0200` or `+02`.
fn offset(text: &str) -> Option<UtcOffset> {
    let (sign, digits) = text.split_at_checked(1)?;
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let number = |digits: &str| digits.parse::<i8>().ok();
    let (hours, minutes) = (number(hours)?, if minutes.is_empty() { 0 } else { number(minutes)? });
    let sign = if sign == "-" { -1 } else { 1 };
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}
