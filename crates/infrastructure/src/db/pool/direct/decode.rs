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
    Date: value => Date::parse(text(value)?, DATE).ok();
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

/// A time, by default in UTC.
fn time(value: ValueRef<'_>) -> Option<OffsetDateTime> {
    if let ValueRef::Integer(seconds) = value {
        return OffsetDateTime::from_unix_timestamp(seconds).ok();
    }
    let text = text(value)?;
    // This is the form that this server writes.
    match PrimitiveDateTime::parse(text, DATE_TIME) {
        Ok(time) => Some(time.assume_utc()),
        Err(_other) => time_of_others(text),
    }
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
