//! Requests that may be sent twice and are done once.

mod key;
mod once;

pub use key::IdempotencyKey;
pub(crate) use once::{Once, Started, Turn};
