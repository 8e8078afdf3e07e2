//! The movie catalogue.

mod additions;
mod links;
mod parts;
mod repository;
mod resolution;
mod views;
