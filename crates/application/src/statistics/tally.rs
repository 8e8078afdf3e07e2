//! Adding up in memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use time::{Date, OffsetDateTime, UtcOffset};
use vestibule_domain::statistics::{CountKind, DailyCount};

/// What this process has counted and not written yet.
///
/// A number that each unit of work of a kind changes would be a row that each of them waits for, until the one before
/// has committed. So they add here, under a lock that nobody holds for longer than an addition takes, and
/// [`KeepCounts`](super::KeepCounts) writes the sums of some seconds at once. A process that is killed loses those.
///
/// It is small: there are as many numbers as days, surfaces and kinds in which something happened since the last write.
#[derive(Clone, Default)]
pub(crate) struct Tally(Arc<Mutex<Sums>>);

type Sums = BTreeMap<(Date, Cow<'static, str>, CountKind), u64>;

/// Something that happened.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) at: OffsetDateTime,
    pub(crate) surface: Cow<'static, str>,
    pub(crate) kind: CountKind,
    pub(crate) amount: u64,
}

impl Tally {
    /// Counts something, once it is done.
    pub(crate) fn add(&self, counted: Counted) {
        let Counted { at, surface, kind, amount } = counted;
        let day = at.to_offset(UtcOffset::UTC).date();
        self.with(|sums| add(sums, (day, surface, kind), amount));
    }

    /// Takes out what was counted since the last time.
    pub(super) fn take(&self) -> Vec<DailyCount> {
        let sums = self.with(std::mem::take);
        let count = |((day, surface, kind), amount): ((_, Cow<'_, str>, _), _)| DailyCount {
            day,
            surface: surface.into_owned(),
            kind,
            amount,
        };
        sums.into_iter().map(count).collect()
    }

    /// Puts back what could not be written.
    pub(super) fn put_back(&self, counts: Vec<DailyCount>) {
        self.with(|sums| {
            for DailyCount { day, surface, kind, amount } in counts {
                add(sums, (day, surface.into(), kind), amount);
            }
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut Sums) -> T) -> T {
        // No foreign code runs under the lock, so a poisoned one still guards sound sums.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn add(sums: &mut Sums, key: (Date, Cow<'static, str>, CountKind), amount: u64) {
    let sum = sums.entry(key).or_default();
    *sum = sum.saturating_add(amount);
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn counted(at: OffsetDateTime, surface: &'static str, amount: u64) -> Counted {
        Counted { at, surface: surface.into(), kind: CountKind::LogIns, amount }
    }

    #[test]
    fn each_day_in_utc_and_each_surface_has_its_sum() {
        let tally = Tally::default();
        tally.add(counted(datetime!(2026-11-20 23:59:59.9 UTC), "theater", 1));
        // Before midnight in UTC.
        tally.add(counted(datetime!(2026-11-21 00:30 +01:00), "theater", 2));
        tally.add(counted(datetime!(2026-11-21 00:00 UTC), "theater", 4));
        tally.add(counted(datetime!(2026-11-20 12:00 UTC), "points", 8));
        let sums: Vec<_> =
            tally.take().into_iter().map(|count| (count.day.day(), count.surface, count.amount)).collect();
        let expected = [(20, "points", 8), (20, "theater", 3), (21, "theater", 4)];
        assert_eq!(sums, expected.map(|(day, surface, amount)| (day, surface.to_owned(), amount)));
        assert!(tally.take().is_empty());
    }

    #[test]
    fn what_is_put_back_is_added_to_what_came_meanwhile() {
        let (tally, at) = (Tally::default(), datetime!(2026-11-20 12:00 UTC));
        tally.add(counted(at, "theater", u64::MAX - 1));
        let taken = tally.take();
        tally.add(counted(at, "theater", 1));
        tally.put_back(taken.clone());
        assert_eq!(tally.take()[0].amount, u64::MAX);
        tally.put_back(taken);
        tally.add(counted(at, "theater", 7));
        assert_eq!(tally.take()[0].amount, u64::MAX, "it does not begin anew");
    }
}
