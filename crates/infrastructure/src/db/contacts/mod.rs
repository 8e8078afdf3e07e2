//! Contacts.

mod index;
mod repository;
mod rows;
mod search;
mod trigrams;

pub(super) use trigrams::{Trigrams, put};
