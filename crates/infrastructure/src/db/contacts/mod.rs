//! Contacts.

mod index;
mod repository;
mod rows;
mod search;
mod trigrams;
