#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod audit;
pub mod catalogue;
pub mod contacts;
pub mod idempotency;
pub mod installation;
pub mod maintenance;
pub mod media;
pub mod messages;
pub mod page;
pub mod points;
pub mod ports;
pub mod secret;
pub mod sessions;
pub mod spelling;
pub mod statistics;
pub mod store;
pub mod trash;
pub mod verification;

/// The cause of an adapter's failure. It goes to the log, never into an answer.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
