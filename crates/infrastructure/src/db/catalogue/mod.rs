//! The movie catalogue.

mod additions;
mod links;
mod repository;
mod resolution;
mod views;
