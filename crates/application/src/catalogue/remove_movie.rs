//! Removing a movie.

use std::sync::Arc;

use vestibule_domain::catalogue::MovieId;
use vestibule_domain::store::Store;

use super::Editor;
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Removes a movie. The names that it shared with others stay.
pub struct RemoveMovie {
    store: Arc<dyn Store>,
}

/// The movie, and the proof that the caller may remove it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RemoveMovieInput {
    pub editor: Editor,
    pub id: MovieId,
}

use_case_error! {
    /// Why nothing was removed.
    pub enum RemoveMovieError {
        /// No movie has this id.
        #[error("there is no such movie")]
        NotFound => MOVIE_NOT_FOUND,
    }
}

impl RemoveMovie {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Removes the movie and its links to names.
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
