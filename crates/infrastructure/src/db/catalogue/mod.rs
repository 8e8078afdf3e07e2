//! The movie catalogue.

mod additions;
mod links;
mod repository;
mod resolution;
mod sequence;
mod views;
