//! Where the counts are kept.

use async_trait::async_trait;
use time::Date;

use super::DailyCount;
use crate::store::StoreError;

/// Keeps one number for each day, surface and kind.
#[async_trait]
pub trait DailyCountRepository: Send {
    /// Adds to the numbers that are there. No two counts are of the same day, surface and kind.
    ///
    /// MUST add those of each of several calls at once. A sum over 2⁶³−1 stays at that, and is no error: nobody could
    /// add to any number otherwise.
    async fn add(&mut self, counts: &[DailyCount]) -> Result<(), StoreError>;

    /// The counts from a day on, by day, surface and kind. Kinds of other releases are passed over.
    ///
    /// MUST read no other days.
    async fn since(&mut self, day: Date) -> Result<Vec<DailyCount>, StoreError>;

    /// Removes the counts of the days before one, and answers how many. A day has few.
    async fn purge(&mut self, before: Date) -> Result<u64, StoreError>;
}
