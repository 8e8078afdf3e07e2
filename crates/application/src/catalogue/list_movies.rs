//! The list of movies.

use std::sync::Arc;

use vestibule_domain::catalogue::MovieSummary;
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::answers::{Answers, Question};
use crate::error::use_case_error;

/// Answers a page of the list, newest first.
pub struct ListMovies {
    store: Arc<dyn Store>,
    answers: Answers,
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
    pub(crate) fn new(deps: &Deps, answers: Answers) -> Self {
        Self { store: deps.store.clone(), answers }
    }

    /// The page. A page without movies is an error, as the contract has it.
    pub async fn execute(&self, page: PageRequest) -> Result<Page<MovieSummary>, ListMoviesError> {
        let mut repositories = self.store.repositories();
        let catalogue = repositories.catalogue();
        // Counting may take longer than all the rest, and the number changes seldom.
        let found = match self.answers.number(Question::of_movies("count")).await {
            Ok(total) => Page { items: catalogue.list(page, total).await?, total },
            Err(place) => {
                let counted = catalogue.page(page).await?;
                if let Some(place) = place {
                    place.keep_number(counted.total);
                }
                counted
            }
        };
        if found.items.is_empty() { Err(ListMoviesError::NoMovies) } else { Ok(found) }
    }
}
