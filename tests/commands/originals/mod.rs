//! The accounts of the five originals move in with their passwords.
//!
//! Each original was run, and its accounts were made and exported by it (`crates/sources/tests/originals`). What is
//! counted here stands in docs/migration-sources.md.

mod admin;
mod contacts;
mod forms;
mod house;
mod mobile;
mod points;
mod story;
mod surface;
mod table;
mod theater;

pub(super) use house::{House, folder};
pub(super) use mobile::SALT_KEY as MOBILE_KEY;
pub(super) use story::{Counts, Original};
pub(super) use surface::Surface;
pub(super) use table::row;
