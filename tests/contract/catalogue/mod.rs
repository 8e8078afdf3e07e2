//! The contract of `CatalogueRepository`.

mod changes;
mod countries;
pub(crate) mod given;
mod import;
mod list;
mod movies;
mod names;
mod numbers;
mod removal;
mod statements;
mod units;
