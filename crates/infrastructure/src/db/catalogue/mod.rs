//! The movie catalogue.

mod additions;
mod links;
mod many;
mod repository;
mod resolution;
mod sequence;
mod views;
