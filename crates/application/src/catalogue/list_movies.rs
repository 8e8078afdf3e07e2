//! The list of movies.

use std::sync::Arc;

use vestibule_domain::catalogue::MovieSummary;
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;

/// Answers a page of the list, newest first.
pub struct ListMovies {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why no page was answered.
    pub enum ListMoviesError {
        /// The page is past the end, or the catalogue is empty.
        #[error("there are no movies on this page")]
        NoMovies => NO_MOVIES,
    }
}

impl ListMovies {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The page. A page without movies is an error, as the contract has it.
    pub async fn execute(&self, page: PageRequest) -> Result<Page<MovieSummary>, ListMoviesError> {
        let page = self.store.repositories().catalogue().list(page).await?;
        if page.items.is_empty() { Err(ListMoviesError::NoMovies) } else { Ok(page) }
    }
}
