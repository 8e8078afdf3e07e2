#![doc = include_str!("../README.md")]

pub mod accounts;
mod actor;
pub mod answers;
pub mod audit;
pub mod catalogue;
pub mod contacts;
mod deps;
mod error;
mod forbidden;
pub mod idempotency;
pub mod maintenance;
pub mod media;
pub mod messages;
pub mod overview;
pub mod points;
pub mod policy;
mod retry;
mod services;
pub mod sessions;
pub mod statistics;
pub mod trash;
pub mod verification;

pub use actor::Actor;
pub use deps::Deps;
pub use error::{Code, CodedError, ErrorKind, Failure, codes};
pub use forbidden::Forbidden;
pub use services::Services;
