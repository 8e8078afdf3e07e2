//! Contacts.

mod repository;
mod search;
mod trigrams;
