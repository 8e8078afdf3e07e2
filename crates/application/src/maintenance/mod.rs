//! What keeps the store small.

mod purge_expired;

pub use purge_expired::{PurgeExpired, PurgeExpiredError, Purged};
