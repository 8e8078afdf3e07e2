//! The surfaces: one folder for each published contract.

pub mod admin;
pub mod contacts;
pub mod mobile;
pub mod points;
mod registry;
pub mod theater;

pub use registry::{SURFACES, Surface, confirmation, served, settings, subject_at, variables_named};
