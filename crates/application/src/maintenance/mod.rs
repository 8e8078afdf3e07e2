//! What keeps the store small.

mod purge_expired;
mod purgeable;

pub use purge_expired::{PurgeExpired, PurgeExpiredError, Purged};
pub use purgeable::Purgeable;
