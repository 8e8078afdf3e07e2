//! Editing a movie that somebody has before his eyes.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieChange, MovieId};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::{Editor, MovieMark};
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Changes a movie that is still as it was when it was read to be edited: of two edits at once one is refused, and none
/// is lost. [`ChangeMovie`](super::ChangeMovie) changes whatever there is.
pub struct EditMovie {
    store: Arc<dyn Store>,
}

/// The movie, the change, and the proof that the caller may make it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EditMovieInput {
    pub editor: Editor,
    pub id: MovieId,
    /// What the movie said when it was read.
    pub seen: MovieMark,
    pub change: MovieChange,
}

use_case_error! {
    /// Why the movie was not changed.
    pub enum EditMovieError {
        /// No movie has this id.
        #[error("there is no such movie")]
        NotFound => MOVIE_NOT_FOUND,
        /// Somebody changed it since it was read.
        #[error("the movie was changed since it was read")]
        ChangedMeanwhile => MOVIE_CHANGED_MEANWHILE,
        /// Another movie has the new name and date.
        #[error("there is a movie of this name and date")]
        Exists => MOVIE_EXISTS,
    }
}

impl EditMovie {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Changes the movie. An edit that changes nothing is as good as any.
    pub async fn execute(&self, input: EditMovieInput) -> Result<(), EditMovieError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &EditMovieInput) -> Result<(), EditMovieError> {
        let EditMovieInput { editor: Editor { .. }, id, seen, change } = input;
        let mut unit = self.store.begin().await?;
        let facts = unit.catalogue().lock(*id).await?.ok_or(EditMovieError::NotFound)?;
        if MovieMark::of(&facts) != *seen {
            return Err(EditMovieError::ChangedMeanwhile);
        }
        match unit.catalogue().change(*id, change).await {
            Err(StoreError::Conflict { constraint: Constraint::MoviesNameDate }) => {
                return Err(EditMovieError::Exists);
            }
            Ok(false) => return Err(EditMovieError::NotFound),
            Ok(true) => {}
            Err(other) => return Err(other.into()),
        }
        unit.commit().await?;
        Ok(())
    }
}
