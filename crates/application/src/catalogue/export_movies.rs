//! Writing all movies out.

use std::sync::Arc;

use vestibule_domain::catalogue::{MovieDetail, MovieId};
use vestibule_domain::store::Store;

use super::Editor;
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Reads all movies with their countries and names, part by part. The whole is not of one moment.
pub struct ExportMovies {
    store: Arc<dyn Store>,
}

/// So many movies are read at a time.
const PART: u64 = 500;

use_case_error! {
    /// Why no movies were read.
    pub enum ExportMoviesError {}
}

impl ExportMovies {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The movies behind one, in the order of their ids. Empty at the end.
    pub async fn part(&self, _editor: Editor, after: MovieId) -> Result<Vec<MovieDetail>, ExportMoviesError> {
        let read = retrying(|| async { self.store.repositories().catalogue().after(after, PART).await });
        Ok(read.await?)
    }
}
