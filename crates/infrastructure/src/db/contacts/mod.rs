//! Contacts.

mod index;
mod many;
mod repository;
mod rows;
mod search;
mod trigrams;

pub(super) use many::size;
pub(super) use trigrams::{Trigrams, put};
