//! The beginning of a list of events.

use std::str::FromStr;

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime};

/// Units of a length of time, in seconds.
const UNITS: [(&str, i64); 4] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

/// A time, or a while ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// This long ago.
    Ago(Duration),
    /// At this time.
    Then(OffsetDateTime),
}

impl Since {
    /// The moment, seen from `now`. Moments before the earliest that databases know become that one.
    pub(super) fn at(self, now: OffsetDateTime) -> OffsetDateTime {
        match self {
            Self::Ago(while_) => now.checked_sub(while_).unwrap_or(OffsetDateTime::UNIX_EPOCH),
            Self::Then(at) => at,
        }
        .max(OffsetDateTime::UNIX_EPOCH)
    }
}

impl FromStr for Since {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let at_midnight = || {
            Date::parse(text, format_description!("[year]-[month]-[day]"))
                .map(|date| date.midnight().assume_utc())
        };
        ago(text)
            .or_else(|| OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::Then))
            .or_else(|| at_midnight().ok().map(Self::Then))
            .ok_or("must be a length of time (30m, 24h, 7d), a day (2026-11-20) or a time (2026-11-20T12:00:00Z)")
    }
}

/// Reads a length of time such as "24h".
fn ago(text: &str) -> Option<Since> {
    let (unit, factor) = UNITS.into_iter().find(|(unit, _)| text.ends_with(unit))?;
    let number: u32 = text.strip_suffix(unit)?.parse().ok()?;
    Some(Since::Ago(Duration::seconds(i64::from(number).checked_mul(factor)?)))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

    #[test]
    fn a_while_a_day_and_a_time_are_read() {
        let read = |text: &str| text.parse::<Since>().unwrap().at(NOW);
        assert_eq!(read("24h"), datetime!(2026-11-19 12:00 UTC));
        assert_eq!(read("7d"), datetime!(2026-11-13 12:00 UTC));
        assert_eq!(read("2026-11-01"), datetime!(2026-11-01 00:00 UTC));
        assert_eq!(read("2026-11-01T10:00:00+02:00"), datetime!(2026-11-01 08:00 UTC));
    }

    #[test]
    fn what_is_longer_ago_than_any_event_is_no_reason_to_fail() {
        assert_eq!("4294967295d".parse::<Since>().unwrap().at(NOW), OffsetDateTime::UNIX_EPOCH);
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "yesterday", "24", "-1h", "1.5h", "2026-13-01", "2026-11-01T10:00:00", "h"] {
            assert!(text.parse::<Since>().is_err(), "{text}");
        }
    }
}
