//! The list of all accounts.

mod counts;
mod lists;
mod names;
mod repository;
mod search;
mod slices;
mod views;

pub(super) use counts::{Change, count, count_all, total_listed, total_trashed};
pub(super) use lists::trashed;
pub(super) use names::{Named, list, list_new, unlist};
