//! Importing many movies.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use vestibule_domain::catalogue::{AddedMovie, CountryCode, MovieRecord, Name, NameKind, NewMovie};
use vestibule_domain::store::{Store, StoreError, UnitOfWork};

use super::Editor;
use super::known_names::{KnownNames, NameKey};
use crate::Deps;
use crate::error::use_case_error;
use crate::retry::retrying;

/// Adds a batch of movies in one unit of work. Movies whose (name, date) is in the catalogue already are skipped.
///
/// New countries and names are added before, in short units of their own: whoever adds the same name waits for the end
/// of the unit that has it. Those of a batch that fails stay, for the movies of the next try.
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

/// A batch of movies that is half added: its countries and names are in the catalogue, and its movies are in a unit of
/// work that is open. When this is dropped, the movies go with the unit.
pub struct PreparedMovies {
    records: Vec<MovieRecord>,
    begun: Begun,
}

/// A unit of work with movies that have no links yet.
struct Begun {
    unit: Box<dyn UnitOfWork>,
    added: Vec<AddedMovie>,
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
    /// if all names are known. A try that the store gives up is repeated.
    pub async fn execute(
        &self,
        editor: Editor,
        movies: Vec<NewMovie>,
        known: &mut KnownNames,
    ) -> Result<ImportedMovies, ImportMoviesError> {
        let prepared = self.prepare(editor, movies, known).await?;
        self.add(prepared).await
    }

    /// The first half: adds new countries and names, and begins to add the movies. This can be done while the batch before
    /// has its second half: a movie of both is that of the batch before, and ids ascend in the order of the batches,
    /// unless the store gives up a batch, which is then begun anew.
    pub async fn prepare(
        &self,
        _editor: Editor,
        movies: Vec<NewMovie>,
        known: &mut KnownNames,
    ) -> Result<PreparedMovies, ImportMoviesError> {
        let countries = retrying(|| self.countries(&movies)).await?;
        let names = retrying(|| self.names(&movies, known)).await?;
        let records = records(&movies, &countries, known, &names)?;
        known.keep(names);
        let begun = retrying(|| self.begin(&records)).await?;
        Ok(PreparedMovies { records, begun })
    }

    /// The second half: adds the links, and commits.
    pub async fn add(&self, prepared: PreparedMovies) -> Result<ImportedMovies, ImportMoviesError> {
        let PreparedMovies { records, begun } = prepared;
        let mut begun = Some(begun);
        let added = retrying(|| {
            let (begun, records) = (begun.take(), &records);
            async move {
                let begun = match begun {
                    Some(begun) => begun,
                    None => self.begin(records).await?,
                };
                begun.finish(records).await
            }
        })
        .await?;
        Ok(ImportedMovies { added, known: records.len() as u64 - added })
    }

    /// The countries of the batch with their ids. In autocommit nobody waits for new ones.
    async fn countries(&self, movies: &[NewMovie]) -> Result<HashMap<CountryCode, i64>, ImportMoviesError> {
        let mut wanted: Vec<(CountryCode, Option<String>)> = Vec::new();
        let mut seen = HashSet::new();
        for movie in movies {
            if seen.insert(&movie.country) {
                wanted.push((movie.country.clone(), movie.country_name.clone()));
            }
        }
        let resolved = self.store.repositories().catalogue().resolve_countries(&wanted).await?;
        Ok(wanted.into_iter().map(|(code, _)| code).zip(resolved).collect())
    }

    /// The names of the batch that are not known yet, with their ids.
    async fn names(
        &self,
        movies: &[NewMovie],
        known: &KnownNames,
    ) -> Result<HashMap<NameKey, i64>, ImportMoviesError> {
        let mut names = HashMap::new();
        let wanted = NameKind::ALL.map(|kind| Wanted::of(kind, movies, known));
        if wanted.iter().all(|wanted| wanted.names.is_empty()) {
            return Ok(names);
        }
        let mut unit = self.store.begin().await?;
        for Wanted { kind, names: wanted, keys } in wanted {
            if !wanted.is_empty() {
                let ids = unit.catalogue().resolve_names(kind, &wanted).await?;
                names.extend(keys.into_iter().zip(ids));
            }
        }
        unit.commit().await?;
        Ok(names)
    }

    async fn begin(&self, records: &[MovieRecord]) -> Result<Begun, ImportMoviesError> {
        let mut unit = self.store.begin().await?;
        let added = unit.catalogue().insert_new(records).await?;
        Ok(Begun { unit, added })
    }
}

impl Begun {
    /// Adds the links and commits; answers how many movies were added.
    async fn finish(mut self, records: &[MovieRecord]) -> Result<u64, ImportMoviesError> {
        self.unit.catalogue().link_new(&self.added, records).await?;
        self.unit.commit().await?;
        Ok(self.added.len() as u64)
    }
}

/// The movies with the ids of their names.
fn records(
    movies: &[NewMovie],
    countries: &HashMap<CountryCode, i64>,
    known: &KnownNames,
    names: &HashMap<NameKey, i64>,
) -> Result<Vec<MovieRecord>, StoreError> {
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
    let records = movies.iter().map(|movie| {
        Some(MovieRecord {
            country: *countries.get(&movie.country)?,
            genres: ids(NameKind::Genre, movie)?,
            actors: ids(NameKind::Actor, movie)?,
            languages: ids(NameKind::Language, movie)?,
            facts: movie.facts.clone(),
        })
    });
    let records = records.collect::<Option<Vec<_>>>();
    records.ok_or_else(|| StoreError::Unexpected("a name was not resolved".into()))
}

/// The names of one kind that are looked for, in the order in which the batch names them.
struct Wanted {
    kind: NameKind,
    names: Vec<Name>,
    keys: Vec<NameKey>,
}

impl Wanted {
    fn of(kind: NameKind, movies: &[NewMovie], known: &KnownNames) -> Self {
        let mut wanted = Self { kind, names: Vec::new(), keys: Vec::new() };
        let mut seen = HashSet::new();
        for name in movies.iter().flat_map(|movie| movie.names(kind)) {
            let key = known.key(kind, name);
            if known.id(key).is_none() && seen.insert(key) {
                wanted.names.push(name.clone());
                wanted.keys.push(key);
            }
        }
        wanted
    }
}
