//! Birthdays in the days to come.

use std::ops::RangeInclusive;

use time::util::is_leap_year;
use time::{Date, Duration, Month};

/// A day of the year, without the year. It is stored as month × 100 + day, so that it sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay(i16);

impl MonthDay {
    const FIRST: Self = Self(101);
    const LAST: Self = Self(1231);
    const FEBRUARY_28: Self = Self(228);
    const FEBRUARY_29: Self = Self(229);

    /// The day of the year of a date.
    pub fn of(date: Date) -> Self {
        Self(i16::from(u8::from(date.month())) * 100 + i16::from(date.day()))
    }

    /// The stored form: month × 100 + day.
    pub fn number(self) -> i16 {
        self.0
    }
}

/// Today and some days after it, across New Year if necessary. A person born on 29 February has the birthday on 28
/// February in years without a 29th (contacts contract, decision 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthdayWindow {
    today: Date,
    days: u16,
}

impl BirthdayWindow {
    /// The greatest number of days after today. A window of that length has every birthday in it.
    pub const MAX_DAYS: u16 = 366;

    /// Today and `days` days after it, limited to [`Self::MAX_DAYS`].
    pub fn new(today: Date, days: u16) -> Self {
        Self { today, days: days.min(Self::MAX_DAYS) }
    }

    /// The days of the year in the window: one range, or two around New Year.
    pub fn ranges(&self) -> Vec<RangeInclusive<MonthDay>> {
        let last = self.today.saturating_add(Duration::days(self.days.into()));
        // A window of 365 days or more has every day of the year in it.
        if self.days >= 365 {
            return vec![MonthDay::FIRST..=MonthDay::LAST];
        }
        let (from, mut to) = (MonthDay::of(self.today), MonthDay::of(last));
        if to == MonthDay::FEBRUARY_28 && !is_leap_year(last.year()) {
            to = MonthDay::FEBRUARY_29;
        }
        if last.year() == self.today.year() {
            vec![from..=to]
        } else {
            vec![from..=MonthDay::LAST, MonthDay::FIRST..=to]
        }
    }

    /// The next birthday, today or later, of a person born on this day. After the year 9999, which is the last, the
    /// year 9999 is used again.
    pub fn next(&self, born: Date) -> Date {
        let year = self.today.year();
        let this_year = birthday_in(year, born);
        if this_year >= self.today { this_year } else { birthday_in(year.saturating_add(1).min(9999), born) }
    }

    /// Whether the next birthday is in the window.
    pub fn contains(&self, born: Date) -> bool {
        self.ranges().iter().any(|range| range.contains(&MonthDay::of(born)))
    }
}

fn birthday_in(year: i32, born: Date) -> Date {
    born.replace_year(year)
        .unwrap_or_else(|_not_leap| Date::from_calendar_date(year, Month::February, 28).unwrap_or(born))
}

#[cfg(test)]
mod tests;
