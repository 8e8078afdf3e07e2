//! The trash.

mod owned;
mod repository;

pub(super) use repository::TABLE;
