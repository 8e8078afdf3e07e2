//! The movie catalogue.

mod additions;
mod links;
mod many;
mod pages;
mod repository;
mod resolution;
mod sequence;
mod summaries;
#[cfg(test)]
mod tests;
mod views;
