//! The statistics as sections of the page.

use std::collections::BTreeSet;

use time::Date;
use vestibule_application::statistics::Statistics;
use vestibule_domain::statistics::{CountKind, DailyCount};

use super::chart::{self, Line};
use crate::console::words::Words;

/// What happened in the latest days, of one kind.
pub(super) struct Section {
    /// The kind's name, which no other section has.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// The numbers in words.
    pub(super) told: String,
    /// `None` where nothing happened.
    pub(super) shown: Option<Shown>,
}

/// A chart and its table.
pub(super) struct Shown {
    /// What is inside of the drawing.
    pub(super) chart: String,
    pub(super) surfaces: Vec<Surface>,
    /// Newest first.
    pub(super) days: Vec<Day>,
}

/// A line of the chart and column of the table.
pub(super) struct Surface {
    pub(super) name: String,
    /// The number of its look, the same in every chart of the page.
    pub(super) look: usize,
}

/// A row of the table.
pub(super) struct Day {
    pub(super) date: Date,
    /// In the order of the surfaces.
    pub(super) amounts: Vec<u64>,
    pub(super) total: u64,
}

/// A section for each kind.
pub(super) fn sections(statistics: &Statistics, words: &Words) -> Vec<Section> {
    let surfaces: BTreeSet<_> = statistics.counts.iter().map(|count| count.surface.as_str()).collect();
    let surfaces: Vec<_> = surfaces.into_iter().collect();
    CountKind::ALL.iter().map(|kind| section(*kind, statistics, &surfaces, words)).collect()
}

/// The numbers of a surface, one for each day.
struct Column<'a> {
    surface: &'a str,
    look: usize,
    amounts: Vec<u64>,
}

fn section(kind: CountKind, statistics: &Statistics, surfaces: &[&str], words: &Words) -> Section {
    let days = &statistics.days;
    let looks = surfaces.iter().enumerate().map(|(place, surface)| (*surface, chart::look(place)));
    let columns: Vec<_> = looks
        .map(|(surface, look)| Column { surface, look, amounts: amounts(kind, surface, statistics) })
        .filter(|column| column.amounts.iter().any(|amount| *amount > 0))
        .collect();
    let rows: Vec<_> = days.iter().enumerate().map(|(place, day)| row(place, *day, &columns)).collect();
    let total = sum(rows.iter().map(|row| row.total));
    // Of equal days the latest.
    let most = rows.iter().max_by_key(|row| row.total).filter(|row| row.total > 0);
    let (told, shown) = match (most, days.last()) {
        (Some(most), Some(last)) => {
            let told = (words.counted)(days.len(), total, most.total, &most.date.to_string());
            (told, shown(&columns, rows, *last))
        }
        _ => (words.nothing_counted.to_owned(), None),
    };
    Section { id: kind.as_str(), title: (words.count_kind)(kind), told, shown }
}

fn shown(columns: &[Column<'_>], rows: Vec<Day>, last: Date) -> Option<Shown> {
    let lines: Vec<_> =
        columns.iter().map(|column| Line { look: column.look, amounts: &column.amounts }).collect();
    let chart = chart::draw(&lines, last)
        .inspect_err(|error| {
            tracing::error!(error = error as &dyn std::error::Error, "a chart was not drawn");
        })
        .ok()?;
    let surfaces =
        columns.iter().map(|column| Surface { name: column.surface.to_owned(), look: column.look }).collect();
    Some(Shown { chart, surfaces, days: rows.into_iter().rev().collect() })
}

fn amounts(kind: CountKind, surface: &str, statistics: &Statistics) -> Vec<u64> {
    let is_of = |count: &&DailyCount| count.kind == kind && count.surface == surface;
    let counts: Vec<_> = statistics.counts.iter().filter(is_of).collect();
    let on = |day: &Date| counts.iter().find(|count| count.day == *day).map_or(0, |count| count.amount);
    statistics.days.iter().map(on).collect()
}

fn row(place: usize, date: Date, columns: &[Column<'_>]) -> Day {
    let amounts: Vec<_> =
        columns.iter().map(|column| column.amounts.get(place).copied().unwrap_or(0)).collect();
    let total = sum(amounts.iter().copied());
    Day { date, amounts, total }
}

/// A sum that stays at the greatest number.
fn sum(amounts: impl Iterator<Item = u64>) -> u64 {
    amounts.fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use vestibule_domain::messages::Language;

    use super::*;
    use crate::console::words;

    fn count(day: Date, surface: &str, kind: CountKind, amount: u64) -> DailyCount {
        DailyCount { day, surface: surface.to_owned(), kind, amount }
    }

    fn of(counts: Vec<DailyCount>) -> Vec<Section> {
        let days = vec![date!(2026 - 11 - 18), date!(2026 - 11 - 19), date!(2026 - 11 - 20)];
        sections(&Statistics { days, counts }, words::of(Language::En))
    }

    #[test]
    fn the_table_has_each_day_newest_first_and_the_surfaces_where_something_happened() {
        let sections = of(vec![
            count(date!(2026 - 11 - 18), "points", CountKind::LogIns, 5),
            count(date!(2026 - 11 - 20), "theater", CountKind::LogIns, 2),
            count(date!(2026 - 11 - 20), "points", CountKind::LogIns, 3),
            count(date!(2026 - 11 - 20), "admin", CountKind::Mails, 1),
        ]);
        let log_ins = &sections[1];
        assert_eq!((log_ins.id, log_ins.title), ("log_ins", "Logins"));
        assert_eq!(log_ins.told, "10 in 3 days. The most on one day: 5, on 2026-11-20.");
        let shown = log_ins.shown.as_ref().unwrap();
        let surfaces: Vec<_> =
            shown.surfaces.iter().map(|surface| (surface.name.as_str(), surface.look)).collect();
        // As in the chart of mails, where the first one is.
        assert_eq!(surfaces, [("points", 2), ("theater", 3)]);
        let days: Vec<_> = shown.days.iter().map(|day| (day.date.day(), &*day.amounts, day.total)).collect();
        assert_eq!(days, [(20, &[3, 2][..], 5), (19, &[0, 0], 0), (18, &[5, 0], 5)]);
    }

    #[test]
    fn where_nothing_happened_words_alone_say_so() {
        for section in of(Vec::new()) {
            assert!(section.shown.is_none());
            assert_eq!(section.told, "Nothing in these days.");
        }
    }

    #[test]
    fn numbers_that_are_too_great_stay_at_the_greatest() {
        let day = date!(2026 - 11 - 20);
        let moved = |surface| count(day, surface, CountKind::PointsMoved, u64::MAX);
        let sections = of(vec![moved("points"), moved("mobile")]);
        assert_eq!(sections[4].shown.as_ref().unwrap().days[0].total, u64::MAX);
    }
}
