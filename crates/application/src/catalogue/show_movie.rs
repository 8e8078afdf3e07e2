//! One movie.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieDetail, MovieId};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;

/// Answers a movie with all that belongs to it.
pub struct ShowMovie {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why there is no movie.
    pub enum ShowMovieError {
        /// There is none with this id.
        #[error("there is no such movie")]
        NotFound => MOVIE_NOT_FOUND,
    }
}

impl ShowMovie {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Shows.
    pub async fn execute(&self, id: MovieId) -> Result<MovieDetail, ShowMovieError> {
        self.store.repositories().catalogue().detail(id).await?.ok_or(ShowMovieError::NotFound)
    }
}
