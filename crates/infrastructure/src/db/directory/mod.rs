//! The list of all accounts.

mod counts;
mod names;
mod repository;
mod search;
mod views;

pub(super) use counts::{Change, count, total_listed, total_trashed};
pub(super) use names::{Named, list, unlist};
