//! The movie catalogue.

mod countries;
mod movies;
mod names;
mod numbered;
mod repository;
mod rows;
mod tables;

pub(super) use tables::CatalogueTables;
