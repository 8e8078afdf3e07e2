//! Accounts.

mod list;
mod repository;
