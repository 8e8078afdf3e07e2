//! Importing many movies.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use vestibule_domain::catalogue::{CountryCode, MovieRecord, NameKind, NewMovie};
use vestibule_domain::store::{Repositories, Store, StoreError};

use super::Editor;
use super::known_names::{KnownNames, NameKey};
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Adds a batch of movies in one unit of work. Movies whose (name, date) is in the catalogue already are skipped.
pub struct ImportMovies {
    store: Arc<dyn Store>,
}

/// The counts of one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ImportedMovies {
    pub added: u64,
    /// Movies that were in the catalogue already, or twice in the batch.
    pub known: u64,
}

use_case_error! {
    /// Why no movie of the batch was added.
    pub enum ImportMoviesError {}
}

impl ImportMovies {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Whether the catalogue has no movie at all.
    pub async fn catalogue_is_empty(&self) -> Result<bool, ImportMoviesError> {
        Ok(self.store.repositories().catalogue().is_empty().await?)
    }

    /// Adds the batch. Each kind of name takes one look-up and one insert, whatever the size of the batch, and none
    /// if all names are known.
    pub async fn execute(
        &self,
        _editor: Editor,
        movies: Vec<NewMovie>,
        known: &mut KnownNames,
    ) -> Result<ImportedMovies, ImportMoviesError> {
        let (imported, names) = retrying(|| self.attempt(&movies, known)).await?;
        known.keep(names);
        Ok(imported)
    }

    async fn attempt(
        &self,
        movies: &[NewMovie],
        known: &KnownNames,
    ) -> Result<(ImportedMovies, HashMap<NameKey, i64>), ImportMoviesError> {
        let total = movies.len() as u64;
        let mut unit = self.store.begin().await?;
        let countries = countries(&mut *unit, movies).await?;
        let mut names = HashMap::new();
        for kind in NameKind::ALL {
            resolve(&mut *unit, kind, movies, known, &mut names).await?;
        }
        let ids = |kind, movie: &NewMovie| {
            let ids = movie.names(kind).iter().map(|name| {
                let key = known.key(kind, name);
                known.id(key).or_else(|| names.get(&key).copied())
            });
            let mut ids = ids.collect::<Option<Vec<_>>>()?;
            ids.sort_unstable();
            ids.dedup();
            Some(ids)
        };
        let records = movies
            .iter()
            .map(|movie| {
                Some(MovieRecord {
                    country: *countries.get(&movie.country)?,
                    genres: ids(NameKind::Genre, movie)?,
                    actors: ids(NameKind::Actor, movie)?,
                    languages: ids(NameKind::Language, movie)?,
                    facts: movie.facts.clone(),
                })
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| StoreError::Unexpected("a name was not resolved".into()))?;
        let added = unit.catalogue().insert_new(&records).await?;
        unit.commit().await?;
        Ok((ImportedMovies { added, known: total - added }, names))
    }
}

/// The countries of the batch with their ids.
async fn countries(
    unit: &mut dyn Repositories,
    movies: &[NewMovie],
) -> Result<HashMap<CountryCode, i64>, StoreError> {
    let mut wanted: Vec<(CountryCode, Option<String>)> = Vec::new();
    let mut seen = HashSet::new();
    for movie in movies {
        if seen.insert(&movie.country) {
            wanted.push((movie.country.clone(), movie.country_name.clone()));
        }
    }
    let resolved = unit.catalogue().resolve_countries(&wanted).await?;
    Ok(wanted.into_iter().map(|(code, _)| code).zip(resolved).collect())
}

/// Finds or adds the names of one kind that are not known yet, in the order in which the batch names them.
async fn resolve(
    unit: &mut dyn Repositories,
    kind: NameKind,
    movies: &[NewMovie],
    known: &KnownNames,
    names: &mut HashMap<NameKey, i64>,
) -> Result<(), StoreError> {
    let mut wanted = Vec::new();
    let mut keys = Vec::new();
    let mut seen = HashSet::new();
    for name in movies.iter().flat_map(|movie| movie.names(kind)) {
        let key = known.key(kind, name);
        if known.id(key).is_none() && seen.insert(key) {
            wanted.push(name.clone());
            keys.push(key);
        }
    }
    if !wanted.is_empty() {
        let ids = unit.catalogue().resolve_names(kind, &wanted).await?;
        names.extend(keys.into_iter().zip(ids));
    }
    Ok(())
}
