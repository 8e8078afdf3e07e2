//! How often what happened.

use async_trait::async_trait;
use time::Date;
use vestibule_domain::statistics::{DailyCount, DailyCountRepository};
use vestibule_domain::store::StoreError;

use super::row::Row as _;
use super::rows::daily_counts::{DailyCountRow, first_of, key};
use super::scope::{Access, MemoryScope};

/// The greatest number, as in a database.
const MOST: u64 = i64::MAX.unsigned_abs();

#[async_trait]
impl<A: Access> DailyCountRepository for MemoryScope<A> {
    async fn add(&mut self, counts: &[DailyCount]) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                for count in counts {
                    let mut sum = count.clone();
                    let known = tables.daily_counts.get(key(count)).map_or(0, |row| row.0.amount);
                    sum.amount = known.saturating_add(count.amount).min(MOST);
                    tables.daily_counts.put(DailyCountRow(sum))?;
                }
                Ok(())
            })
            .await
    }

    async fn since(&mut self, day: Date) -> Result<Vec<DailyCount>, StoreError> {
        self.0.read(|tables| tables.daily_counts.by_key(first_of(day)..).map(|row| row.0.clone()).collect())
    }

    async fn purge(&mut self, before: Date) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                let old: Vec<_> =
                    tables.daily_counts.by_key(..first_of(before)).map(DailyCountRow::key).collect();
                for key in &old {
                    tables.daily_counts.remove(*key);
                }
                Ok(old.len() as u64)
            })
            .await
    }
}
