//! The mobile contract.

mod activate;
mod bodies;
mod databases;
mod directory;
mod edit;
mod limits;
mod log_in;
mod methods;
mod password;
pub(super) mod person;
mod register;
mod remove;
mod sessions;
mod tokens;
