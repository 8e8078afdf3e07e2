//! Invented movies.

mod movies;
mod people;
mod random;
mod words;

pub(super) use movies::SyntheticMovies;
