//! Accounts that move in and out, many at a time.

mod add;
mod holders;
mod read;
mod repository;
