//! The surfaces: one folder for each published contract.

pub mod theater;
