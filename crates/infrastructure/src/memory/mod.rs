//! Adapters that keep everything in this process, for tests and for a server without any service.

mod account_tokens;
mod accounts;
mod cache;
mod captured_mail;
mod catalogue;
mod contact_index;
mod contacts;
mod deadline;
mod installation;
mod outbox;
mod pending_registrations;
mod pictures;
mod rate_limiter;
mod refresh_tokens;
mod row;
mod scope;
mod sessions;
mod store;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod unlimited_rate;

pub use cache::MemoryCache;
pub use captured_mail::{CapturedMail, CapturedMessage};
pub use rate_limiter::MemoryRateLimiter;
pub use store::MemoryStore;
pub use unlimited_rate::UnlimitedRate;
