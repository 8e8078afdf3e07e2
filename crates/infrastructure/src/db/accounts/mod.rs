//! Accounts.

mod by_key;
mod list;
mod repository;
