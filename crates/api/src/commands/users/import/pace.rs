//! How large a batch is.

use std::time::Duration;

/// How many rows the next batch has, by the time that the last one took. A batch is one transaction, for which others
/// who write to the same database wait.
#[derive(Debug)]
pub(super) struct Pace {
    rows: usize,
}

impl Pace {
    /// A batch that takes so long leaves others room within a second.
    const TARGET: Duration = Duration::from_millis(500);
    const LEAST: usize = 50;
    const MOST: usize = 10_000;

    pub(super) fn new() -> Self {
        Self { rows: 1_000 }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Follows the time that a batch of so many rows took, by a factor of two at the most.
    pub(super) fn took(&mut self, rows: usize, took: Duration) {
        let micros = took.as_micros().max(1);
        let fitting = rows as u128 * Self::TARGET.as_micros() / micros;
        let fitting = usize::try_from(fitting).unwrap_or(Self::MOST);
        // A batch that was small for another reason tells nothing of large ones.
        if fitting < self.rows || rows >= self.rows {
            self.rows = fitting.clamp(self.rows / 2, self.rows * 2).clamp(Self::LEAST, Self::MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_batch_is_followed_by_a_larger_one_and_a_slow_one_by_a_smaller() {
        let mut pace = Pace::new();
        pace.took(1_000, Duration::from_millis(50));
        assert_eq!(pace.rows(), 2_000);
        pace.took(2_000, Duration::from_millis(400));
        assert_eq!(pace.rows(), 2_500);
        pace.took(2_500, Duration::from_secs(1));
        assert_eq!(pace.rows(), 1_250);
        pace.took(1_250, Duration::from_mins(1));
        assert_eq!(pace.rows(), 625);
    }

    #[test]
    fn a_batch_that_was_cut_short_makes_none_larger() {
        let mut pace = Pace::new();
        pace.took(10, Duration::from_millis(1));
        assert_eq!(pace.rows(), 1_000);
    }

    #[test]
    fn there_is_a_least_and_a_most() {
        let mut pace = Pace::new();
        for _ in 0..20 {
            pace.took(pace.rows(), Duration::from_micros(1));
        }
        assert_eq!(pace.rows(), Pace::MOST);
        for _ in 0..20 {
            pace.took(pace.rows(), Duration::from_mins(1));
        }
        assert_eq!(pace.rows(), Pace::LEAST);
    }
}
