//! The contract of `CatalogueRepository`.

mod changes;
mod countries;
pub(crate) mod given;
mod import;
pub(crate) mod links;
pub(crate) mod list;
mod movies;
mod names;
mod numbers;
mod plans;
mod removal;
mod statements;
mod units;
