//! Showing the statistics.

use std::sync::Arc;

use time::{Date, Duration, UtcOffset};
use vestibule_domain::ports::Clock;
use vestibule_domain::statistics::DailyCount;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Steward;
use crate::error::use_case_error;
use crate::retry::retrying;

/// How many days are shown, today among them.
const DAYS: i64 = 30;

/// Reads the counts of the latest days, for a [`Steward`]. They are read as they were added up: neither accounts nor
/// events are counted. What a server counted in the last seconds is not among them yet.
pub struct ShowStatistics {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

/// The counts of the latest days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// The days, oldest first and without a gap; the last one is today, in UTC.
    pub days: Vec<Date>,
    /// What was counted on these days. A surface or a day without a count has none.
    pub counts: Vec<DailyCount>,
}

use_case_error! {
    /// Why there are no statistics.
    pub enum ShowStatisticsError {}
}

impl ShowStatistics {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Reads them.
    pub async fn execute(&self, _steward: Steward) -> Result<Statistics, ShowStatisticsError> {
        let today = self.clock.now().to_offset(UtcOffset::UTC).date();
        let days: Vec<_> = (0..DAYS).rev().filter_map(|ago| today.checked_sub(Duration::days(ago))).collect();
        let first = days.first().copied().unwrap_or(today);
        let mut counts =
            retrying(|| async { self.store.repositories().daily_counts().since(first).await }).await?;
        // The clock of another server may be ahead.
        counts.retain(|count| count.day <= today);
        Ok(Statistics { days, counts })
    }
}
