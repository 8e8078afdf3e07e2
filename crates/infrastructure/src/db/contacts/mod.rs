//! Contacts.

mod index;
mod repository;
mod search;
mod trigrams;
