//! Where movies are kept.

use async_trait::async_trait;
use time::Date;

use super::{
    AddedMovie, CountryCode, MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord, MovieSummary, Name,
    NameKind,
};
use crate::page::{Page, PageRequest};
use crate::store::StoreError;

/// Keeps movies, and the countries, genres, actors and languages that movies share.
#[async_trait]
pub trait CatalogueRepository: Send {
    /// Finds genres, actors or languages, and adds those that are missing. Whatever the number of names, this takes
    /// one look-up and at most one bulk insert (in parts, where one statement cannot take so many values).
    ///
    /// Answers one id for each name, in the order of the names. Names that differ only in letter case or Unicode
    /// form have the same id. A known name keeps its spelling; a new name is spelt as it first occurs. Up to 512 new names are numbered
    /// in the order given, and on PostgreSQL any number of them.
    ///
    /// MUST NOT fail when another unit of work adds the same names at the same time, except with `Retryable`.
    async fn resolve_names(&mut self, kind: NameKind, names: &[Name]) -> Result<Vec<i64>, StoreError>;

    /// Finds countries, and adds those that are missing, under the rules of [`resolve_names`](Self::resolve_names). A
    /// country that is added gets the name given with its code.
    async fn resolve_countries(
        &mut self,
        countries: &[(CountryCode, Option<String>)],
    ) -> Result<Vec<i64>, StoreError>;

    /// Adds a movie and its links.
    ///
    /// MUST answer `Conflict` with `MoviesNameDate` when there is a movie of this name and date.
    async fn insert(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError>;

    /// Adds the movies whose (name, date) is not in the catalogue yet, without their links, and answers which. They
    /// are added in input order, so their ids ascend in that order. If two of them have the same name and date, the
    /// first is added. If another unit of work is adding such a movie, this one waits for its end. The number of
    /// statements does not depend on the number of movies (but they come in parts, where one statement cannot take so
    /// many values).
    ///
    /// [`link_new`](Self::link_new) MUST follow in the same unit of work. After a failure of either the unit MUST be
    /// dropped, because a part of the movies may be in it.
    async fn insert_new(&mut self, movies: &[MovieRecord]) -> Result<Vec<AddedMovie>, StoreError>;

    /// Adds the links of the movies that [`insert_new`](Self::insert_new) added of these.
    async fn link_new(&mut self, added: &[AddedMovie], movies: &[MovieRecord]) -> Result<(), StoreError>;

    /// Whether there is a movie of this name and date.
    async fn exists(&mut self, name: &Name, date: Date) -> Result<bool, StoreError>;

    /// Whether there is no movie at all.
    async fn is_empty(&mut self) -> Result<bool, StoreError>;

    /// A part of the list, newest id first, and how many movies there are. The part is empty past the end. To count may
    /// read an entry for each movie.
    ///
    /// If movies are added or removed at the same time, the part may be as many movies too early or too late.
    async fn page(&mut self, page: PageRequest) -> Result<Page<MovieSummary>, StoreError>;

    /// The same of a list of `total` movies, which are not counted again.
    ///
    /// `total` is what [`page`](Self::page) answered. If movies were added or removed since, the part may be as many
    /// movies too early or too late.
    async fn list(&mut self, page: PageRequest, total: u64) -> Result<Vec<MovieSummary>, StoreError>;

    /// The next movies before an id, or the newest ones, newest id first and at most `limit` of them. MUST read no
    /// other movie, wherever in the list they are.
    async fn before(&mut self, before: Option<MovieId>, limit: u64) -> Result<Vec<MovieSummary>, StoreError>;

    /// A movie with its country and names. This takes one statement for the movie and its country, one for all names,
    /// and one more if the movie has no names.
    ///
    /// MUST NOT show a part of a movie that is added or removed at the same time.
    async fn detail(&mut self, id: MovieId) -> Result<Option<MovieDetail>, StoreError>;

    /// The next movies behind an id, at most `limit` of them, by ascending id. Each is as [`detail`](Self::detail) shows it
    /// at about this time; the part is not of one moment. The number of statements does not depend on the number of
    /// movies (but they come in parts, where one statement cannot take so many values).
    ///
    /// MUST be empty only if there is no movie behind the id, or the limit is 0.
    async fn after(&mut self, after: MovieId, limit: u64) -> Result<Vec<MovieDetail>, StoreError>;

    /// The facts of a movie, as they are when nobody else can change them any more until this unit of work ends.
    async fn lock(&mut self, id: MovieId) -> Result<Option<MovieFacts>, StoreError>;

    /// Changes a movie. `false` if there is no movie with this id. An empty change tells only that.
    ///
    /// MUST answer `Conflict` with `MoviesNameDate` when another movie has the new name and date.
    async fn change(&mut self, id: MovieId, change: &MovieChange) -> Result<bool, StoreError>;

    /// Removes a movie and its links. Genres, actors, languages and countries stay. `false` if there is no movie with
    /// this id.
    async fn remove(&mut self, id: MovieId) -> Result<bool, StoreError>;
}
