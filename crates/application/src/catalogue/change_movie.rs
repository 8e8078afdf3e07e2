//! Changing a movie.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieChange, MovieId};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::Editor;
use crate::error::{Code, code};
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Changes what a movie says about itself.
pub struct ChangeMovie {
    store: Arc<dyn Store>,
}

/// Who changes what.
#[derive(Debug)]
pub struct ChangeMovieInput {
    /// Who may.
    pub editor: Editor,
    /// The movie.
    pub id: MovieId,
    /// What is to change. `None`: something that must have a value was to lose it.
    pub change: Option<MovieChange>,
}

/// Why the movie is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeMovieError {
    /// There is none with this id.
    #[error("there is no such movie")]
    NotFound,
    /// A value is missing, or another movie has this name and date.
    #[error("the change does not fit")]
    DoesNotFit,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

impl From<StoreError> for ChangeMovieError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { constraint: Constraint::MoviesNameDate } => Self::DoesNotFit,
            other => Self::Failure(other.into()),
        }
    }
}

impl CodedError for ChangeMovieError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::DoesNotFit => ErrorKind::Invalid,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> Code {
        match self {
            Self::NotFound => code::MOVIE_NOT_FOUND,
            Self::DoesNotFit => code::MOVIE_CHANGE_DOES_NOT_FIT,
            Self::Failure(failure) => failure.code(code::CHANGE_MOVIE_FAILED),
        }
    }
}

impl ChangeMovie {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Changes the movie. That there is none is told before that the change does not fit.
    pub async fn execute(&self, input: ChangeMovieInput) -> Result<(), ChangeMovieError> {
        let ChangeMovieInput { editor: Editor { .. }, id, change } = input;
        let known = change.as_ref().unwrap_or(&MovieChange::NOTHING);
        let is_there =
            retrying(|| async { self.store.repositories().catalogue().change(id, known).await }).await?;
        if !is_there {
            return Err(ChangeMovieError::NotFound);
        }
        if change.is_none() { Err(ChangeMovieError::DoesNotFit) } else { Ok(()) }
    }
}
