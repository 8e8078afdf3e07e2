//! Contacts.

mod index;
mod many;
mod on_sqlite;
mod pages;
mod repository;
mod rows;
mod search;
#[cfg(test)]
mod tests;
mod trigrams;
mod waiting;

pub(super) use many::size;
pub(super) use trigrams::{Trigrams, put};
pub(super) use waiting::{jump, settle};
