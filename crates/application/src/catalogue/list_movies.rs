//! The list of movies.

use std::sync::Arc;

use vestibule_domain::catalogue::MovieSummary;
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::{Store, StoreError};

use crate::error::failures;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Answers a page of the list, newest first.
pub struct ListMovies {
    store: Arc<dyn Store>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum ListMoviesError {
    /// The page is past the end, or there are no movies.
    #[error("there are no movies on this page")]
    NoMovies,
    /// Anything else.
    #[error(transparent)]
    Failure(Failure),
}

failures!(ListMoviesError: StoreError);

impl CodedError for ListMoviesError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoMovies => ErrorKind::NotFound,
            Self::Failure(failure) => failure.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoMovies => "no_movies",
            Self::Failure(failure) => failure.code("list_movies_failed"),
        }
    }
}

impl ListMovies {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists.
    pub async fn execute(&self, page: PageRequest) -> Result<Page<MovieSummary>, ListMoviesError> {
        let page = self.store.repositories().catalogue().list(page).await?;
        if page.items.is_empty() { Err(ListMoviesError::NoMovies) } else { Ok(page) }
    }
}
