//! The sources, read as an importer reads them.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "they are tests")]

mod admin;
mod contacts;
mod databases;
mod forms;
mod language;
mod mobile;
mod points;
mod properties;
mod reading;
mod shipped;
mod theater;
