//! Requests that may be sent twice and are done once.

mod key;
mod repository;

pub use key::{Claim, Claimed, HolderId, KeyPlace};
pub use repository::IdempotencyRepository;
