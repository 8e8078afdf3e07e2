//! How often what happened, by day and surface.

mod counted_store;
mod keep;
mod show;
mod tally;

pub(crate) use counted_store::CountedStore;
pub use keep::{KeepCounts, KeepCountsError};
pub use show::{ShowStatistics, ShowStatisticsError, Statistics};
pub(crate) use tally::{Counted, Tally};
