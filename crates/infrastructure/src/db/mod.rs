//! The database, through sea-orm: SQLite, PostgreSQL, MySQL and MariaDB by the same code.
//!
//! The schema belongs to the `migration` crate. This module expects the schema and never makes it.

mod account_tokens;
mod accounts;
mod arrays;
mod audit;
mod blocks;
mod catalogue;
mod chore_leases;
mod connect;
mod constraints;
mod contacts;
pub mod copy;
mod daily_counts;
mod directory;
mod entities;
mod errors;
mod expiry;
mod idempotency_keys;
mod import_keys;
mod installation;
mod outbox;
mod parts;
mod pending_registrations;
mod pictures;
mod points;
mod pool;
mod profiles;
mod refresh_tokens;
mod scope;
mod sent_messages;
mod sessions;
pub(crate) mod sqlite_file;
mod store;
#[cfg(test)]
mod tests;
mod transfer;
mod trash;
mod trigram;
mod verification_codes;
mod write_probe;

pub use connect::{DatabaseOptions, Writes};
#[cfg(feature = "backup")]
pub(crate) use pictures::COLUMNS as PICTURE_COLUMNS;
pub use pool::OwnConnections;
pub use store::SeaStore;
