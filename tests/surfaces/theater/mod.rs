//! The theater contract.

mod accounts;
mod databases;
mod hostile_input;
mod leaks;
mod limits;
mod movies;
mod overload;
mod person;
mod races;
