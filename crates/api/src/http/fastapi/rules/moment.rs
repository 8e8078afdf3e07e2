//! How pydantic reads a date with or without a time: a port of the rules of its `speedate` crate, with
//! its texts.

use time::{Date, Month, OffsetDateTime, Time};

/// A date with a time of day. An offset is checked and then ignored, as pydantic does for dates.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) date: Date,
    pub(super) time: Time,
}

/// A unix time beyond this, on either side of zero, is in milliseconds.
const MOST_SECONDS: f64 = 20_000_000_000.0;

/// Reads a date, a datetime or a unix time in digits; the error is pydantic's text.
pub(super) fn from_text(text: &str) -> Result<Moment, &'static str> {
    from_rfc3339(text.as_bytes()).or_else(|reason| match plain_decimal(text) {
        Some(unix_time) => from_unix_time(unix_time),
        None => Err(reason),
    })
}

/// Reads a unix time in seconds or, when large, in milliseconds.
pub(super) fn from_unix_time(unix_time: f64) -> Result<Moment, &'static str> {
    let seconds = if unix_time.abs() > MOST_SECONDS { unix_time / 1000.0 } else { unix_time };
    let microseconds = (seconds * 1_000_000.0).round();
    if microseconds >= 253_402_300_800_000_000.0 {
        return Err("dates after 9999 are not supported as unix timestamps");
    }
    if microseconds < -62_167_219_200_000_000.0 {
        return Err("dates before 0000 are not supported as unix timestamps");
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number, and just found to be within range")]
    let nanoseconds = microseconds as i128 * 1000;
    let moment = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
        .map_err(|_out_of_range| "dates after 9999 are not supported as unix timestamps")?;
    Ok(Moment { date: moment.date(), time: moment.time() })
}

/// The text as a number, if it has digits, a point and a sign only.
fn plain_decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_plain.then(|| text.parse().ok()).flatten()
}

fn from_rfc3339(text: &[u8]) -> Result<Moment, &'static str> {
    let [y1, y2, y3, y4, dash1, m1, m2, dash2, d1, d2, rest @ ..] = text else {
        return Err("input is too short");
    };
    let year = number([y1, y2, y3, y4], "invalid character in year")?;
    separator(*dash1, b"-", "invalid date separator, expected `-`")?;
    let month = number([m1, m2], "invalid character in month")?;
    separator(*dash2, b"-", "invalid date separator, expected `-`")?;
    let day = number([d1, d2], "invalid character in day")?;
    let month =
        Month::try_from(small(month)).map_err(|_range| "month value is outside expected range of 1-12")?;
    let date = Date::from_calendar_date(i32::from(year), month, small(day))
        .map_err(|_range| "day value is outside expected range")?;
    let time = match rest {
        [] => Time::MIDNIGHT,
        [between, time @ ..] => {
            separator(*between, b"Tt_ ", "invalid datetime separator, expected `T`, `t`, `_` or space")?;
            time_of_day(time)?
        }
    };
    Ok(Moment { date, time })
}

fn time_of_day(text: &[u8]) -> Result<Time, &'static str> {
    let [h1, h2, colon, m1, m2, rest @ ..] = text else {
        return Err("input is too short");
    };
    let hour = number([h1, h2], "invalid character in hour")?;
    separator(*colon, b":", "invalid time separator, expected `:`")?;
    let minute = number([m1, m2], "invalid character in minute")?;
    if hour > 23 {
        return Err("hour value is outside expected range of 0-23");
    }
    if minute > 59 {
        return Err("minute value is outside expected range of 0-59");
    }
    let (second, micro, rest) = seconds(rest)?;
    check_offset(rest)?;
    Time::from_hms_micro(small(hour), small(minute), second, micro)
        .map_err(|_range| "second value is outside expected range of 0-59")
}

/// `:SS`, `:SS.ffffff` or nothing. Digits beyond the sixth are dropped.
fn seconds(text: &[u8]) -> Result<(u8, u32, &[u8]), &'static str> {
    let [b':', rest @ ..] = text else {
        return Ok((0, 0, text));
    };
    let invalid = "invalid character in second";
    let [s1, s2, rest @ ..] = rest else {
        return Err(invalid);
    };
    let second = number([s1, s2], invalid)?;
    if second > 59 {
        return Err("second value is outside expected range of 0-59");
    }
    let [b'.' | b',', rest @ ..] = rest else {
        return Ok((small(second), 0, rest));
    };
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at(length);
    if digits.is_empty() {
        return Err("second fraction digits missing after `.`");
    }
    let micro = digits
        .iter()
        .chain([b'0'; 6].iter())
        .take(6)
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Ok((small(second), micro, rest))
}

/// `Z`, `+HH:MM`, `+HHMM` or nothing; the sign may be U+2212.
fn check_offset(text: &[u8]) -> Result<(), &'static str> {
    let rest = match text {
        [] => return Ok(()),
        [b'Z' | b'z', rest @ ..] => return end(rest),
        [b'+' | b'-', rest @ ..] | [0xE2, 0x88, 0x92, rest @ ..] => rest,
        _ => return Err("invalid timezone sign"),
    };
    let [h1, h2, rest @ ..] = rest else {
        return Err("invalid timezone hour");
    };
    let hours = number([h1, h2], "invalid timezone hour")?;
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let [m1, m2, rest @ ..] = rest else {
        return Err("invalid timezone minute");
    };
    let minutes = number([m1, m2], "invalid timezone minute")?;
    if minutes > 59 {
        return Err("timezone minute value is outside expected range of 0-59");
    }
    if hours > 23 {
        return Err("timezone offset must be less than 24 hours");
    }
    end(rest)
}

fn end(rest: &[u8]) -> Result<(), &'static str> {
    if rest.is_empty() { Ok(()) } else { Err("unexpected extra characters at the end of the input") }
}

fn number<const N: usize>(digits: [&u8; N], invalid: &'static str) -> Result<u16, &'static str> {
    digits.iter().try_fold(0, |sum, digit| match digit {
        b'0'..=b'9' => Ok(sum * 10 + u16::from(**digit - b'0')),
        _ => Err(invalid),
    })
}

fn separator(given: u8, expected: &[u8], invalid: &'static str) -> Result<(), &'static str> {
    if expected.contains(&given) { Ok(()) } else { Err(invalid) }
}

/// Two digits always fit.
fn small(two_digits: u16) -> u8 {
    u8::try_from(two_digits).unwrap_or(u8::MAX)
}
