//! Removing expired rows from the store.

mod purge_expired;
mod purgeable;

pub use purge_expired::{PurgeExpired, PurgeExpiredError, Purged};
pub use purgeable::Purgeable;
