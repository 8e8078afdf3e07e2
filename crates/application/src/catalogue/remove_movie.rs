//! Removing a movie.

use std::sync::Arc;

use vestibule_domain::catalogue::MovieId;
use vestibule_domain::store::{Store, StoreError};

use super::Editor;
use crate::error::failures;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Removes a movie. What it shared with others stays.
pub struct RemoveMovie {
    store: Arc<dyn Store>,
}

/// Who removes what.
#[derive(Debug)]
pub struct RemoveMovieInput {
    /// Who may.
    pub editor: Editor,
    /// The movie.
    pub id: MovieId,
}

/// Why nothing was removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveMovieError {
    /// There is none with this id.
    #[error("there is no such movie")]
    NotFound,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(RemoveMovieError: StoreError);

impl CodedError for RemoveMovieError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "movie_not_found",
            Self::Failure(failure) => failure.code("remove_movie_failed"),
        }
    }
}

impl RemoveMovie {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Removes the movie.
    pub async fn execute(&self, input: RemoveMovieInput) -> Result<(), RemoveMovieError> {
        let RemoveMovieInput { editor: Editor { .. }, id } = input;
        retrying(|| self.attempt(id)).await
    }

    async fn attempt(&self, id: MovieId) -> Result<(), RemoveMovieError> {
        let mut unit = self.store.begin().await?;
        if !unit.catalogue().remove(id).await? {
            return Err(RemoveMovieError::NotFound);
        }
        unit.commit().await?;
        Ok(())
    }
}
