//! The contract of `CatalogueRepository`.

mod changes;
mod countries;
mod given;
mod import;
mod list;
mod movies;
mod names;
mod numbers;
mod plans;
mod removal;
mod statements;
mod units;
