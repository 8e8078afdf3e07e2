//! The zone whose day counts.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::{self, TimeZoneDatabase};
use time::{Date, Month, OffsetDateTime};

/// A time zone of the IANA database, whose data comes with the build.
#[derive(Clone, PartialEq, Eq)]
pub struct TimeZone(tz::TimeZone);

/// The text is not the name of a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of a time zone")]
pub struct UnknownTimeZone;

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(tz::TimeZone::UTC);

    /// Finds a zone by its name, such as `Europe/Kyiv`, in any letter case.
    pub fn parse(name: &str) -> Result<Self, UnknownTimeZone> {
        // The library has a zone of this name for those that are not known.
        let is_unknown = name.eq_ignore_ascii_case("Etc/Unknown");
        let zone = TimeZoneDatabase::bundled().get(name).ok().filter(|_| !is_unknown);
        zone.filter(|zone| zone.iana_name().is_some()).map(Self).ok_or(UnknownTimeZone)
    }

    /// The name, in the letter case of the database.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The day that it is in this zone.
    pub fn day_of(&self, moment: OffsetDateTime) -> Date {
        let utc = moment.to_offset(time::UtcOffset::UTC);
        let Ok(timestamp) = Timestamp::from_second(utc.unix_timestamp()) else { return utc.date() };
        let day = self.0.to_datetime(timestamp).date();
        let month = u8::try_from(day.month()).ok().and_then(|month| Month::try_from(month).ok());
        let date = month.zip(u8::try_from(day.day()).ok()).and_then(|(month, day_of_month)| {
            Date::from_calendar_date(day.year().into(), month, day_of_month).ok()
        });
        // Both calendars end with the year 9999.
        date.unwrap_or_else(|| utc.date())
    }
}

/// Coordinated universal time.
impl Default for TimeZone {
    fn default() -> Self {
        Self::UTC
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeZone({})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::parse(name).unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_zone() {
        for (name, last_moment, day) in [
            ("UTC", datetime!(2026-12-31 23:59:59.999_999 UTC), date!(2026 - 12 - 31)),
            ("Pacific/Kiritimati", datetime!(2026-12-31 09:59:59.999_999 UTC), date!(2026 - 12 - 31)),
            ("Pacific/Pago_Pago", datetime!(2027-01-01 10:59:59.999_999 UTC), date!(2026 - 12 - 31)),
            ("Asia/Kolkata", datetime!(2026-12-31 18:29:59.999_999 UTC), date!(2026 - 12 - 31)),
            ("Asia/Kathmandu", datetime!(2026-12-31 18:14:59.999_999 UTC), date!(2026 - 12 - 31)),
            // Before and after the clocks go forward and back.
            ("Europe/Kyiv", datetime!(2026-03-28 21:59:59.999_999 UTC), date!(2026 - 03 - 28)),
            ("Europe/Kyiv", datetime!(2026-03-29 20:59:59.999_999 UTC), date!(2026 - 03 - 29)),
            ("Europe/Kyiv", datetime!(2026-10-24 20:59:59.999_999 UTC), date!(2026 - 10 - 24)),
            ("Europe/Kyiv", datetime!(2026-10-25 21:59:59.999_999 UTC), date!(2026 - 10 - 25)),
            // The clocks go from midnight to one o'clock.
            ("Africa/Cairo", datetime!(2026-04-23 21:59:59.999_999 UTC), date!(2026 - 04 - 23)),
        ] {
            assert_eq!(zone(name).day_of(last_moment), day, "{name}");
            let next = last_moment + time::Duration::MICROSECOND;
            assert_eq!(zone(name).day_of(next), day.next_day().unwrap(), "{name}");
        }
    }

    #[test]
    fn a_zone_may_leave_a_day_out() {
        let samoa = zone("Pacific/Apia");
        assert_eq!(samoa.day_of(datetime!(2011-12-30 09:59:59 UTC)), date!(2011 - 12 - 29));
        assert_eq!(samoa.day_of(datetime!(2011-12-30 10:00 UTC)), date!(2011 - 12 - 31));
    }

    #[test]
    fn the_same_moment_is_the_same_day_however_it_is_written() {
        let moment = datetime!(2026-12-31 23:30 -5);
        assert_eq!(TimeZone::UTC.day_of(moment), date!(2027 - 01 - 01));
        assert_eq!(zone("America/New_York").day_of(moment), date!(2026 - 12 - 31));
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        for name in
            ["", " ", "UTC ", "Etc/Unknown", "Mars/Olympus", "+02:00", "local", "EET-2", "../UTC", "Europe"]
        {
            assert_eq!(TimeZone::parse(name), Err(UnknownTimeZone), "{name}");
        }
    }

    #[test]
    fn a_zone_is_named_as_the_database_names_it() {
        assert_eq!(zone("europe/kyiv").name(), "Europe/Kyiv");
        assert_eq!((zone("utc").name(), TimeZone::UTC.name()), ("UTC", "UTC"));
        assert_eq!(format!("{:?}", zone("Asia/Tokyo")), "TimeZone(Asia/Tokyo)");
    }

    #[test]
    fn the_ends_of_the_calendar_are_days() {
        for moment in [datetime!(-9999-01-01 00:00 UTC), datetime!(9999-12-31 23:59:59 UTC)] {
            assert!(zone("Pacific/Kiritimati").day_of(moment).year().abs() == 9999);
            assert!(zone("Pacific/Pago_Pago").day_of(moment).year().abs() == 9999);
        }
    }
}
