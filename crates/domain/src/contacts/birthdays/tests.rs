use proptest::prelude::*;
use time::macros::date;

use super::*;

/// Day by day: whether one of the days of the window is a birthday, and which is the first.
fn naive(window: BirthdayWindow, born: Date) -> Option<Date> {
    let days = (0..=i64::from(window.days)).map(|days| window.today + Duration::days(days));
    days.into_iter().find(|day| is_birthday(*day, born))
}

fn is_birthday(day: Date, born: Date) -> bool {
    let same = (day.month(), day.day()) == (born.month(), born.day());
    let leapling = (born.month(), born.day()) == (Month::February, 29);
    same || leapling
        && (day.month(), day.day()) == (Month::February, 28)
        && Date::from_calendar_date(day.year(), Month::February, 29).is_err()
}

/// Every day on which a person can be born, in a leap year.
fn births() -> impl Iterator<Item = Date> {
    (0..366).map(|day| date!(1988 - 01 - 01) + Duration::days(day))
}

#[test]
fn every_range_from_every_day_of_five_years_is_as_day_by_day() {
    // A leap year, the years around it, and 2100, which is none.
    for year in [2027, 2028, 2029, 2099, 2100] {
        for day in 0..365 {
            let today = Date::from_ordinal_date(year, 1).unwrap() + Duration::days(day);
            for days in [0, 1, 2, 7, 31, 60, 300, 363, 364, 365, 366] {
                let window = BirthdayWindow::new(today, days);
                for born in [
                    date!(1988 - 02 - 27),
                    date!(1988 - 02 - 28),
                    date!(1988 - 02 - 29),
                    date!(1988 - 03 - 01),
                    date!(1988 - 12 - 31),
                    date!(1988 - 01 - 01),
                ] {
                    let expected = naive(window, born);
                    assert_eq!(window.contains(born), expected.is_some(), "{today} + {days}: {born}");
                    if let Some(expected) = expected {
                        assert_eq!(window.next(born), expected, "{today} + {days}: {born}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_window_of_a_whole_year_contains_every_birthday() {
    for today in [date!(2027 - 03 - 01), date!(2028 - 02 - 29), date!(2026 - 01 - 01)] {
        assert!(births().all(|born| BirthdayWindow::new(today, 366).contains(born)));
    }
}

#[test]
fn the_window_goes_on_after_new_year() {
    let window = BirthdayWindow::new(date!(2026 - 12 - 28), 7);
    for (born, inside) in [
        (date!(1990 - 12 - 27), false),
        (date!(1990 - 12 - 28), true),
        (date!(1990 - 12 - 31), true),
        (date!(1990 - 01 - 01), true),
        (date!(1990 - 01 - 04), true),
        (date!(1990 - 01 - 05), false),
    ] {
        assert_eq!(window.contains(born), inside, "{born}");
    }
}

#[test]
fn the_end_of_all_years_is_no_reason_to_panic() {
    let window = BirthdayWindow::new(Date::MAX, 366);
    assert!(births().all(|born| window.contains(born) && window.next(born) <= Date::MAX));
    assert!(BirthdayWindow::new(date!(9999 - 12 - 30), 7).contains(date!(1990 - 12 - 31)));
}

proptest! {
    #[test]
    fn the_window_is_as_day_by_day(
        today in 0..80_000_i64, days in 0..=366_u16, born in 0..60_000_i64,
    ) {
        let today = date!(1900 - 01 - 01) + Duration::days(today);
        let born = date!(1890 - 01 - 01) + Duration::days(born);
        let window = BirthdayWindow::new(today, days);
        let expected = naive(window, born);
        prop_assert_eq!(window.contains(born), expected.is_some());
        if let Some(expected) = expected {
            prop_assert_eq!(window.next(born), expected);
        }
    }
}
