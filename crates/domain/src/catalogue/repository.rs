//! Where movies are kept.

use async_trait::async_trait;
use time::Date;

use super::{CountryCode, MovieChange, MovieDetail, MovieId, MovieRecord, MovieSummary, Name, NameKind};
use crate::page::{Page, PageRequest};
use crate::store::StoreError;

/// The catalogue.
#[async_trait]
pub trait CatalogueRepository: Send {
    /// Finds or adds genres, actors or languages: one look-up and at most one bulk insert (in parts,
    /// where a statement cannot take so many values), whatever the number of names.
    ///
    /// Answers one id for each name, in the order of the names; names that differ in letter case only
    /// have the same one. A name that is there keeps its spelling; a new one is spelt as it is given
    /// first. New ones are numbered in the order given, where there are no more than 512. MUST NOT
    /// fail when another unit of work adds the same names at the same time, other than by asking for another
    /// try (`Retryable`).
    async fn resolve_names(&mut self, kind: NameKind, names: &[Name]) -> Result<Vec<i64>, StoreError>;

    /// Finds or adds countries, likewise. A country that is added gets the name given with it.
    async fn resolve_countries(
        &mut self,
        countries: &[(CountryCode, Option<String>)],
    ) -> Result<Vec<i64>, StoreError>;

    /// Adds a movie and its links.
    ///
    /// MUST answer `Conflict` with `MoviesNameDate` when there is a movie of this name and date.
    async fn insert(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError>;

    /// Adds those movies, with their links, of whose name and date there is none yet, in the order
    /// given, so that ids ascend in that order. Of equal ones among them the first counts. Answers
    /// how many were added. A fixed number of statements (in parts, where one cannot take so many
    /// values), whatever the number of movies.
    ///
    /// A unit of work in which it failed MUST be dropped: a part of the movies may be there until then.
    async fn insert_new(&mut self, movies: &[MovieRecord]) -> Result<u64, StoreError>;

    /// Whether there is a movie of this name and date.
    async fn exists(&mut self, name: &Name, date: Date) -> Result<bool, StoreError>;

    /// Whether there is no movie at all.
    async fn is_empty(&mut self) -> Result<bool, StoreError>;

    /// A page of the list, newest id first.
    async fn list(&mut self, page: PageRequest) -> Result<Page<MovieSummary>, StoreError>;

    /// A movie with all that belongs to it: one statement for the movie and its country, one for
    /// each kind of name, and one more where it has none of a kind.
    ///
    /// MUST NOT show a part of a movie that is added or removed at the same time.
    async fn detail(&mut self, id: MovieId) -> Result<Option<MovieDetail>, StoreError>;

    /// Changes a movie. `false` if there is none. An empty change changes nothing, but tells whether
    /// there is one.
    ///
    /// MUST answer `Conflict` with `MoviesNameDate` when another movie has the new name and date.
    async fn change(&mut self, id: MovieId, change: &MovieChange) -> Result<bool, StoreError>;

    /// Removes a movie and its links; genres, actors, languages and countries stay. `false` if there
    /// is none.
    async fn remove(&mut self, id: MovieId) -> Result<bool, StoreError>;
}
