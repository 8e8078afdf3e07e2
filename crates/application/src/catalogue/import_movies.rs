//! Many movies at once.

use std::collections::HashMap;
use std::sync::Arc;

use vestibule_domain::catalogue::{CountryCode, MovieRecord, Name, NameKind, NewMovie};
use vestibule_domain::store::{Repositories, Store, StoreError};

use super::Editor;
use crate::error::failures;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Adds a batch of movies in one unit of work: those that are there already (by name and date) are
/// passed over.
pub struct ImportMovies {
    store: Arc<dyn Store>,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportedMovies {
    /// Movies added.
    pub added: u64,
    /// Movies that were there already, or twice in the batch.
    pub known: u64,
}

/// Why nothing of the batch was added.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum ImportMoviesError {
    /// Anything.
    Failure(Failure),
}

failures!(ImportMoviesError: StoreError);

impl CodedError for ImportMoviesError {
    fn kind(&self) -> ErrorKind {
        let Self::Failure(failure) = self;
        failure.kind()
    }

    fn code(&self) -> &'static str {
        let Self::Failure(failure) = self;
        failure.code("import_movies_failed")
    }
}

impl ImportMovies {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Whether there is no movie at all.
    pub async fn catalogue_is_empty(&self) -> Result<bool, ImportMoviesError> {
        Ok(self.store.repositories().catalogue().is_empty().await?)
    }

    /// Adds the batch. One look-up and one insert for each kind of name, whatever its size.
    pub async fn execute(
        &self,
        _editor: Editor,
        movies: Vec<NewMovie>,
    ) -> Result<ImportedMovies, ImportMoviesError> {
        retrying(|| self.attempt(&movies)).await
    }

    async fn attempt(&self, movies: &[NewMovie]) -> Result<ImportedMovies, ImportMoviesError> {
        let total = movies.len() as u64;
        let mut unit = self.store.begin().await?;
        let countries = countries(&mut *unit, movies).await?;
        let genres = names(&mut *unit, NameKind::Genre, movies).await?;
        let actors = names(&mut *unit, NameKind::Actor, movies).await?;
        let languages = names(&mut *unit, NameKind::Language, movies).await?;
        let records = movies
            .iter()
            .map(|movie| {
                Some(MovieRecord {
                    country: *countries.get(&movie.country)?,
                    genres: ids(&movie.genres, &genres)?,
                    actors: ids(&movie.actors, &actors)?,
                    languages: ids(&movie.languages, &languages)?,
                    facts: movie.facts.clone(),
                })
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| StoreError::Unexpected("a name was not resolved".into()))?;
        let added = unit.catalogue().insert_new(&records).await?;
        unit.commit().await?;
        Ok(ImportedMovies { added, known: total - added })
    }
}

/// Each country of the batch, with its id.
async fn countries(
    unit: &mut dyn Repositories,
    movies: &[NewMovie],
) -> Result<HashMap<CountryCode, i64>, StoreError> {
    let mut wanted: Vec<(CountryCode, Option<String>)> = Vec::new();
    let mut seen = HashMap::new();
    for movie in movies {
        if seen.insert(movie.country.clone(), 0).is_none() {
            wanted.push((movie.country.clone(), movie.country_name.clone()));
        }
    }
    let resolved = unit.catalogue().resolve_countries(&wanted).await?;
    Ok(wanted.into_iter().map(|(code, _)| code).zip(resolved.into_iter().map(|country| country.id)).collect())
}

/// Each name of one kind in the batch, in order of appearance, with its id.
async fn names(
    unit: &mut dyn Repositories,
    kind: NameKind,
    movies: &[NewMovie],
) -> Result<HashMap<Name, i64>, StoreError> {
    let mut wanted: Vec<Name> = Vec::new();
    let mut seen = HashMap::new();
    for name in movies.iter().flat_map(|movie| movie.names(kind)) {
        if !seen.contains_key(name) {
            seen.insert(name.clone(), 0);
            wanted.push(name.clone());
        }
    }
    let resolved = unit.catalogue().resolve_names(kind, &wanted).await?;
    for (name, named) in wanted.into_iter().zip(resolved) {
        seen.insert(name, named.id);
    }
    Ok(seen)
}

fn ids(names: &[Name], resolved: &HashMap<Name, i64>) -> Option<Vec<i64>> {
    let mut ids = names.iter().map(|name| resolved.get(name).copied()).collect::<Option<Vec<_>>>()?;
    ids.sort_unstable();
    ids.dedup();
    Some(ids)
}
