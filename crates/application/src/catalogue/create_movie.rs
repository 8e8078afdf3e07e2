//! Adding a movie.

use std::sync::Arc;

use time::Date;
use vestibule_domain::catalogue::{MovieDetail, MovieRecord, NameKind, NewMovie};
use vestibule_domain::store::{Constraint, Repositories, Store, StoreError};

use super::Editor;
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Adds a movie, and the country, genres, actors and languages that the catalogue does not have yet.
pub struct CreateMovie {
    store: Arc<dyn Store>,
}

/// The movie, and the proof that the caller may add it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CreateMovieInput {
    pub editor: Editor,
    pub movie: NewMovie,
}

use_case_error! {
    /// Why the movie was not added.
    pub enum CreateMovieError {
        /// Another movie has this name and date.
        #[error("there is such a movie already")]
        Exists {
            /// As it was given.
            name: String,
            /// As it was given.
            date: Date,
        } => MOVIE_EXISTS,
    }
}

impl CreateMovie {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Adds the movie, and answers it as the store has it now.
    pub async fn execute(&self, input: CreateMovieInput) -> Result<MovieDetail, CreateMovieError> {
        let CreateMovieInput { editor: Editor { .. }, movie } = input;
        retrying(|| self.attempt(&movie)).await
    }

    async fn attempt(&self, movie: &NewMovie) -> Result<MovieDetail, CreateMovieError> {
        let exists = || CreateMovieError::Exists {
            name: movie.facts.name.as_str().to_owned(),
            date: movie.facts.date,
        };
        // A cheap look that spares the only writer most conflicts. The constraint decides.
        if self.store.repositories().catalogue().exists(&movie.facts.name, movie.facts.date).await? {
            return Err(exists());
        }
        let mut unit = self.store.begin().await?;
        let record = resolve(&mut *unit, movie).await?;
        let id = match unit.catalogue().insert(&record).await {
            Err(StoreError::Conflict { constraint: Constraint::MoviesNameDate }) => return Err(exists()),
            inserted => inserted?,
        };
        let stored = unit.catalogue().detail(id).await?;
        unit.commit().await?;
        stored.ok_or_else(|| CreateMovieError::Failure(Failure::Internal("the new movie is gone".into())))
    }
}

async fn resolve(unit: &mut dyn Repositories, movie: &NewMovie) -> Result<MovieRecord, StoreError> {
    let countries =
        unit.catalogue().resolve_countries(&[(movie.country.clone(), movie.country_name.clone())]).await?;
    let country = countries
        .first()
        .copied()
        .ok_or_else(|| StoreError::Unexpected("a country was not resolved".into()))?;
    Ok(MovieRecord {
        facts: movie.facts.clone(),
        country,
        genres: ids(unit, NameKind::Genre, movie).await?,
        actors: ids(unit, NameKind::Actor, movie).await?,
        languages: ids(unit, NameKind::Language, movie).await?,
    })
}

async fn ids(unit: &mut dyn Repositories, kind: NameKind, movie: &NewMovie) -> Result<Vec<i64>, StoreError> {
    let names = movie.names(kind);
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids = unit.catalogue().resolve_names(kind, names).await?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
