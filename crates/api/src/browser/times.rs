//! Times on pages.

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// A time, to people and to machines.
pub(crate) struct Moment {
    /// `2026-11-20 12:00 UTC`
    pub(crate) read: String,
    /// RFC 3339, for the attribute `datetime`.
    pub(crate) exact: String,
}

impl From<OffsetDateTime> for Moment {
    fn from(at: OffsetDateTime) -> Self {
        let form = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
        let beyond = |_year_out_of_range| at.to_string();
        Self {
            read: at.format(form).unwrap_or_else(beyond),
            exact: at.format(&Rfc3339).unwrap_or_else(beyond),
        }
    }
}

/// How many days are left of a time that began at `since`, the last one perhaps in part. None where it is over.
pub(crate) fn days_left(since: OffsetDateTime, life: Duration, now: OffsetDateTime) -> u64 {
    const DAY: u64 = 24 * 60 * 60;
    let left = since.checked_add(life.try_into().unwrap_or(time::Duration::MAX)).map(|end| end - now);
    // An end beyond the calendar is as good as the greatest number of days.
    left.map_or(u64::MAX / DAY, |left| u64::try_from(left.whole_seconds()).unwrap_or(0).div_ceil(DAY))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_time_is_read_to_the_minute() {
        let moment = Moment::from(datetime!(2026-01-02 03:04:05 UTC));
        assert_eq!((&*moment.read, &*moment.exact), ("2026-01-02 03:04 UTC", "2026-01-02T03:04:05Z"));
    }

    #[test]
    fn the_last_day_counts_until_it_is_over() {
        let since = datetime!(2026-01-01 00:00 UTC);
        let life = Duration::from_hours(48);
        for (now, days) in [
            (datetime!(2026-01-01 00:00 UTC), 2),
            (datetime!(2026-01-02 00:00 UTC), 1),
            (datetime!(2026-01-02 23:59 UTC), 1),
            (datetime!(2026-01-03 00:00 UTC), 0),
            (datetime!(2026-02-01 00:00 UTC), 0),
        ] {
            assert_eq!(days_left(since, life, now), days, "{now}");
        }
        assert!(days_left(since, Duration::MAX, since) > 1_000_000);
    }
}
