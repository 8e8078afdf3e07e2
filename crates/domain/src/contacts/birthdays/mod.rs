//! Birthdays in the days to come.

use std::ops::RangeInclusive;

use time::util::is_leap_year;
use time::{Date, Duration, Month};

/// A day of the year, whatever the year. Stored as month × 100 + day, which sorts.
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

    /// Month × 100 + day.
    pub fn number(self) -> i16 {
        self.0
    }
}

/// Today and some days after it, into the next year if need be. Who was born on 29 February has
/// birthday on 28 February in the years that have no other (contacts contract, decision 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthdayWindow {
    today: Date,
    days: u16,
}

impl BirthdayWindow {
    /// The most days after today: from there on all birthdays are in the window.
    pub const MAX_DAYS: u16 = 366;

    /// Today and so many days after it; more than [`Self::MAX_DAYS`] are that many.
    pub fn new(today: Date, days: u16) -> Self {
        Self { today, days: days.min(Self::MAX_DAYS) }
    }

    /// The days of the year in the window: one range, or two around New Year.
    pub fn ranges(&self) -> Vec<RangeInclusive<MonthDay>> {
        let last = self.today.saturating_add(Duration::days(self.days.into()));
        // Over 365 nights every day of the year comes at least once.
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

    /// The next birthday, today or later, of who was born on this day. The year 9999 is repeated, as
    /// there is none after it.
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
