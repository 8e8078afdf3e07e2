//! Adapters that keep everything in this process, for tests and for a server without any service.

mod account_tokens;
mod accounts;
mod answers;
mod audit;
mod breached_passwords;
mod cache;
mod captured_mail;
mod catalogue;
mod chore_leases;
mod contact_index;
mod contacts;
mod daily_counts;
mod deadline;
mod directory;
mod idempotency_keys;
mod import_keys;
mod installation;
mod objects;
mod outbox;
mod pending_registrations;
mod pictures;
mod points;
mod profiles;
mod rate_limiter;
mod refresh_tokens;
mod row;
mod rows;
mod scope;
mod sessions;
mod store;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod transfer;
mod trash;
mod unlimited_rate;
mod verification_codes;

pub use answers::MemoryAnswers;
pub use breached_passwords::MemoryBreachedPasswords;
pub use cache::MemoryCache;
pub use captured_mail::{CapturedMail, CapturedMessage};
pub use objects::MemoryObjects;
pub use rate_limiter::MemoryRateLimiter;
pub use store::MemoryStore;
pub use unlimited_rate::UnlimitedRate;
