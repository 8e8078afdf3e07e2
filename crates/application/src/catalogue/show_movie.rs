//! One movie.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieDetail, MovieId};
use vestibule_domain::store::{Store, StoreError};

use crate::error::failures;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Answers a movie with all that belongs to it.
pub struct ShowMovie {
    store: Arc<dyn Store>,
}

/// Why there is no movie.
#[derive(Debug, thiserror::Error)]
pub enum ShowMovieError {
    /// There is none with this id.
    #[error("there is no such movie")]
    NotFound,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(ShowMovieError: StoreError);

impl CodedError for ShowMovieError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "movie_not_found",
            Self::Failure(failure) => failure.code("show_movie_failed"),
        }
    }
}

impl ShowMovie {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Shows.
    pub async fn execute(&self, id: MovieId) -> Result<MovieDetail, ShowMovieError> {
        self.store.repositories().catalogue().detail(id).await?.ok_or(ShowMovieError::NotFound)
    }
}
