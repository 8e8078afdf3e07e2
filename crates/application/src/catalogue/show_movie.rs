//! Reading one movie.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieDetail, MovieId};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;

/// Answers a movie with its country, genres, actors and languages.
pub struct ShowMovie {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why no movie was answered.
    pub enum ShowMovieError {
        /// No movie has this id.
        #[error("there is no such movie")]
        NotFound => MOVIE_NOT_FOUND,
    }
}

impl ShowMovie {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The movie as the store has it, names by ascending id.
    pub async fn execute(&self, id: MovieId) -> Result<MovieDetail, ShowMovieError> {
        self.store.repositories().catalogue().detail(id).await?.ok_or(ShowMovieError::NotFound)
    }
}
