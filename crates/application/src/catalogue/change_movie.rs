//! Changing a movie.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieChange, MovieId};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::Editor;
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Changes the facts of a movie.
pub struct ChangeMovie {
    store: Arc<dyn Store>,
}

/// The movie, the change, and the proof that the caller may make it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ChangeMovieInput {
    pub editor: Editor,
    pub id: MovieId,
    /// The change. `None` if the request removes a value that must not be empty.
    pub change: Option<MovieChange>,
}

use_case_error! {
    /// Why the movie was not changed.
    pub enum ChangeMovieError {
        /// No movie has this id.
        #[error("there is no such movie")]
        NotFound => MOVIE_NOT_FOUND,
        /// A value is missing, or another movie has the new name and date.
        #[error("the change does not fit")]
        DoesNotFit => MOVIE_CHANGE_DOES_NOT_FIT,
    }
}

impl ChangeMovie {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Changes the movie. `NotFound` comes before `DoesNotFit`.
    pub async fn execute(&self, input: ChangeMovieInput) -> Result<(), ChangeMovieError> {
        let ChangeMovieInput { editor: Editor { .. }, id, change } = input;
        let known = change.as_ref().unwrap_or(&MovieChange::NOTHING);
        match retrying(|| async { self.store.repositories().catalogue().change(id, known).await }).await {
            Err(StoreError::Conflict { constraint: Constraint::MoviesNameDate }) => {
                return Err(ChangeMovieError::DoesNotFit);
            }
            Ok(false) => return Err(ChangeMovieError::NotFound),
            Ok(true) => {}
            Err(other) => return Err(other.into()),
        }
        if change.is_none() { Err(ChangeMovieError::DoesNotFit) } else { Ok(()) }
    }
}
