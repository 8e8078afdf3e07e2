//! The trash.

mod owned;
mod repository;
