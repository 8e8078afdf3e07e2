//! Times and dates.

use jiff::civil;
use jiff::tz::TimeZone;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::Build;
use crate::map::{Field, TimeForm};
use crate::row::plain;

impl Build<'_> {
    /// A time, in UTC.
    pub(super) fn time(
        &mut self,
        name: &str,
        field: Option<&Field>,
    ) -> Result<Option<OffsetDateTime>, String> {
        let Some(Field(field)) = field else { return Ok(None) };
        let Some(value) = self.values(name, field)?.into_iter().next() else { return Ok(None) };
        let no_time = || format!("{name} is no time");
        let text = plain(&value).ok_or_else(no_time)?;
        let per_second = match field.time {
            TimeForm::Text if value.is_string() => None,
            TimeForm::Text | TimeForm::Seconds => Some(1),
            TimeForm::Milliseconds => Some(1000),
        };
        let time = if let Some(per_second) = per_second {
            since_1970(&text, per_second)
        } else {
            let own;
            let zone = match &field.zone {
                Some(zone) => {
                    own = TimeZone::get(zone).map_err(|_error| no_time())?;
                    &own
                }
                None => &self.setup.zone,
            };
            read(&text, zone, field.wall_clock)
        };
        time.map(Some).ok_or_else(no_time)
    }

    /// A date, as `YYYY-MM-DD`.
    pub(super) fn date(&mut self, name: &str, field: Option<&Field>) -> Result<Option<String>, String> {
        let Some(text) = self.text(name, field)? else { return Ok(None) };
        let date = text.split(['T', ' ']).next().unwrap_or_default();
        match read_date(date) {
            Some(_) => Ok(Some(date.to_owned())),
            None => Err(format!("{name} is no date")),
        }
    }
}

/// A count of seconds, milliseconds … since 1970; a fraction of a second may follow a period.
fn since_1970(text: &str, per_second: i128) -> Option<OffsetDateTime> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let whole: i128 = whole.parse().ok()?;
    let unit = 1_000_000_000 / per_second;
    let mut nanos = whole.checked_mul(unit)?;
    if per_second == 1 {
        let part = i128::from(nanoseconds(fraction)?);
        nanos += if text.trim().starts_with('-') { -part } else { part };
    }
    OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
}

/// The digits after the period as nanoseconds; those beyond the ninth are dropped.
fn nanoseconds(fraction: &str) -> Option<u32> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: String = fraction.chars().chain(std::iter::repeat('0')).take(9).collect();
    digits.parse().ok()
}

/// A time as databases and JSON write it. Without a zone it is of `zone`; with `wall_clock` it is so in any case.
pub(super) fn read(text: &str, zone: &TimeZone, wall_clock: bool) -> Option<OffsetDateTime> {
    let text = text.trim();
    let date = read_date(text.get(..10)?)?;
    let rest = text.get(10..)?.trim_start_matches(['T', 't', ' ']);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
    let clock = read_clock(rest.get(..end)?)?;
    let offset = read_offset(rest.get(end..)?.trim())?;
    let naive = PrimitiveDateTime::new(date, clock);
    match offset {
        Some(offset) if !wall_clock => Some(naive.assume_offset(offset).to_offset(UtcOffset::UTC)),
        _ => in_zone(naive, zone),
    }
}

fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, count: usize| {
        (part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
    };
    digits(year, 4).and(digits(month, 2)).and(digits(day, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn read_clock(text: &str) -> Option<Time> {
    if text.is_empty() {
        return Some(Time::MIDNIGHT);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = whole.split(':').map(|part| if part.len() == 2 { part.parse::<u8>().ok() } else { None });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    Time::from_hms_nano(hour, minute, second, nanoseconds(fraction)?).ok()
}

/// The offset that a text ends with: `Ok(None)` as `Some(None)` where it names none.
#[expect(clippy::option_option, reason = "no offset is not a bad offset")]
fn read_offset(text: &str) -> Option<Option<UtcOffset>> {
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("Z") || text.eq_ignore_ascii_case("UTC") {
        return Some(Some(UtcOffset::UTC));
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse::<i8>().ok());
    UtcOffset::from_hms(sign * part(0)?, sign * part(2)?, sign * part(4)?).ok().map(Some)
}

/// A time of a zone, in UTC. Of an hour that a clock shows twice it is the first; one that is left out is moved on.
fn in_zone(naive: PrimitiveDateTime, zone: &TimeZone) -> Option<OffsetDateTime> {
    let civil = civil::DateTime::new(
        naive.year().try_into().ok()?,
        u8::from(naive.month()).try_into().ok()?,
        naive.day().try_into().ok()?,
        naive.hour().try_into().ok()?,
        naive.minute().try_into().ok()?,
        naive.second().try_into().ok()?,
        naive.nanosecond().try_into().ok()?,
    )
    .ok()?;
    let instant = civil.to_zoned(zone.clone()).ok()?.timestamp();
    OffsetDateTime::from_unix_timestamp_nanos(instant.as_nanosecond()).ok()
}

#[cfg(test)]
fn utc(text: &str) -> Option<String> {
    let time = read(text, &TimeZone::UTC, false)?;
    time.format(&time::format_description::well_known::Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_databases_and_of_json_are_read_alike() {
        let same = "2026-11-27T23:34:20.39071Z";
        for text in [
            "2026-11-27 23:34:20.39071+00",
            "2026-11-27 23:34:20.39071",
            "2026-11-27T23:34:20.39071Z",
            "2026-11-28T01:04:20.39071+01:30",
            "2026-11-27 23:34:20.390710000 UTC",
        ] {
            assert_eq!(utc(text).as_deref(), Some(same), "{text}");
        }
        assert_eq!(utc("2026-11-27").as_deref(), Some("2026-11-27T00:00:00Z"));
        for text in [
            "",
            "2026",
            "2026-13-01 00:00:00",
            "2026-11-27 25:00",
            "infinity",
            "2026-11-27 10:00 PST",
            "日本日本",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_of_the_zone_that_the_operator_names() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let time = read("2026-07-01 12:00:00", &zone, false).unwrap();
        assert_eq!(time.hour(), 10);
        let labelled = read("2026-07-01T12:00:00Z", &zone, true).unwrap();
        assert_eq!(labelled, time);
    }

    #[test]
    fn seconds_and_milliseconds_since_1970_are_read() {
        assert_eq!(since_1970("1795821814793", 1000).unwrap().unix_timestamp(), 1_795_821_814);
        assert_eq!(since_1970("1795821814.5", 1).unwrap().millisecond(), 500);
        assert_eq!(since_1970("soon", 1), None);
        assert_eq!(since_1970("99999999999999999999999999", 1), None);
    }
}
