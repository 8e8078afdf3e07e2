//! Removing expired rows from the store, and which server does so.

mod due_removals;
mod purge_expired;
mod purgeable;
mod tenure;

pub use purge_expired::{PurgeExpired, PurgeExpiredError, Purged};
pub use purgeable::Purgeable;
pub(crate) use tenure::{ChoreLeases, Tenure};
