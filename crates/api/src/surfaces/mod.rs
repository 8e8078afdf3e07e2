//! The surfaces: one folder for each published contract.

pub mod contacts;
pub mod theater;
