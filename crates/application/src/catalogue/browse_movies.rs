//! The list of movies, part by part.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieId, MovieSummary};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;

/// Answers movies, newest first, from a place in the list on. What it takes does not depend on the place, nor on how many
/// movies there are, which it does not tell.
pub struct BrowseMovies {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is no list.
    pub enum BrowseMoviesError {}
}

impl BrowseMovies {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Up to `limit` movies: those before one in the order of their ids, or the newest ones.
    pub async fn execute(
        &self,
        before: Option<MovieId>,
        limit: u64,
    ) -> Result<Vec<MovieSummary>, BrowseMoviesError> {
        Ok(self.store.repositories().catalogue().before(before, limit).await?)
    }
}
