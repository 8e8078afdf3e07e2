//! The theater contract.

mod accounts;
mod databases;
mod hostile_input;
mod leaks;
mod limits;
mod movies;
mod overload;
pub(super) mod person;
mod races;
