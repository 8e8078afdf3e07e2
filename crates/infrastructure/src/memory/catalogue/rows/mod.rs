//! Rows of tables, and what they are found by.

pub(in crate::memory) mod countries;
pub(in crate::memory) mod movies;
pub(in crate::memory) mod names;
