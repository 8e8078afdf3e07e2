//! Invented movies.

mod movies;
mod random;
mod words;

pub(super) use movies::SyntheticMovies;
