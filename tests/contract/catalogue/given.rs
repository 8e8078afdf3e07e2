//! What cases about movies start from.

use std::collections::HashMap;

use time::Date;
use time::macros::date;
use vestibule_domain::catalogue::{
    Amount, CatalogueRepository, Country, CountryCode, MovieDetail, MovieFacts, MovieId, MovieRecord,
    MovieStatus, Name, NameKind, Score,
};
use vestibule_domain::store::StoreError;

use crate::given::Stored;

/// When every movie was released, unless a case says otherwise.
pub(crate) const DATE: Date = date!(2026 - 11 - 20);

/// An id that no movie has.
pub(crate) const NOTHING: MovieId = MovieId(404_404);

pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(crate) fn code(text: &str) -> CountryCode {
    CountryCode::parse(text).unwrap()
}

/// What a movie of this name says about itself.
pub(crate) fn facts(title: &str) -> MovieFacts {
    MovieFacts {
        name: name(title),
        date: DATE,
        score: Score::new(75.5).unwrap(),
        overview: format!("All about {title}."),
        status: MovieStatus::Released,
        budget: Amount::from_cents(123_456_789).unwrap(),
        revenue: 987_654_321.5,
    }
}

/// Adds movies that are new, with their links; answers how many. In a unit of work, or where nothing fails.
pub(crate) async fn insert_linked(
    catalogue: &mut dyn CatalogueRepository,
    movies: &[MovieRecord],
) -> Result<u64, StoreError> {
    let added = catalogue.insert_new(movies).await?;
    catalogue.link_new(&added, movies).await?;
    Ok(added.len() as u64)
}

/// Finds or adds names.
pub(crate) async fn resolve(store: &Stored, kind: NameKind, names: &[Name]) -> Vec<i64> {
    let mut repositories = store.repositories();
    repositories.catalogue().resolve_names(kind, names).await.unwrap()
}

/// How names of these ids are spelt, in the order of the ids given.
pub(crate) async fn spelt(
    catalogue: &mut dyn CatalogueRepository,
    kind: NameKind,
    ids: &[i64],
) -> Vec<String> {
    let country = catalogue.resolve_countries(&[(code("XX"), None)]).await.unwrap()[0];
    let (mut genres, mut actors, mut languages) = (Vec::new(), Vec::new(), Vec::new());
    match kind {
        NameKind::Genre => genres = ids.to_vec(),
        NameKind::Actor => actors = ids.to_vec(),
        NameKind::Language => languages = ids.to_vec(),
    }
    let movie = MovieRecord { facts: facts("of names"), country, genres, actors, languages };
    let id = catalogue.insert(&movie).await.unwrap();
    let detail = catalogue.detail(id).await.unwrap().expect("the movie is gone");
    catalogue.remove(id).await.unwrap();
    let named = match kind {
        NameKind::Genre => detail.genres,
        NameKind::Actor => detail.actors,
        NameKind::Language => detail.languages,
    };
    let spellings: HashMap<i64, String> = named.into_iter().map(|named| (named.id, named.name)).collect();
    ids.iter().map(|id| spellings[id].clone()).collect()
}

/// The country with this id.
pub(crate) async fn country(catalogue: &mut dyn CatalogueRepository, id: i64) -> Country {
    let (genres, actors, languages) = (Vec::new(), Vec::new(), Vec::new());
    let movie = MovieRecord { facts: facts("of a country"), country: id, genres, actors, languages };
    let movie = catalogue.insert(&movie).await.unwrap();
    let detail = catalogue.detail(movie).await.unwrap().expect("the movie is gone");
    catalogue.remove(movie).await.unwrap();
    detail.country
}

/// Ids of names.
pub(crate) async fn ids(store: &Stored, kind: NameKind, names: &[&str]) -> Vec<i64> {
    let names: Vec<Name> = names.iter().map(|text| name(text)).collect();
    resolve(store, kind, &names).await
}

/// A movie of this name from France, with nothing else.
pub(crate) async fn record(store: &Stored, title: &str) -> MovieRecord {
    let france = [(code("FR"), Some("France".to_owned()))];
    let countries = store.repositories().catalogue().resolve_countries(&france).await.unwrap();
    MovieRecord {
        facts: facts(title),
        country: countries[0],
        genres: Vec::new(),
        actors: Vec::new(),
        languages: Vec::new(),
    }
}

/// A movie of this name with two of everything.
pub(crate) async fn rich_record(store: &Stored, title: &str) -> MovieRecord {
    MovieRecord {
        genres: ids(store, NameKind::Genre, &["Drama", "Comedy"]).await,
        actors: ids(store, NameKind::Actor, &["Ada", "Bob"]).await,
        languages: ids(store, NameKind::Language, &["French", "English"]).await,
        ..record(store, title).await
    }
}

pub(crate) async fn insert(store: &Stored, movie: &MovieRecord) -> MovieId {
    store.repositories().catalogue().insert(movie).await.unwrap()
}

/// Adds a movie of this name.
pub(crate) async fn add(store: &Stored, title: &str) -> MovieId {
    insert(store, &record(store, title).await).await
}

pub(crate) async fn detail(store: &Stored, id: MovieId) -> Option<MovieDetail> {
    store.repositories().catalogue().detail(id).await.unwrap()
}

pub(crate) async fn read(store: &Stored, id: MovieId) -> MovieDetail {
    detail(store, id).await.expect("the movie is gone")
}

/// How many movies there are.
pub(crate) async fn count(store: &Stored) -> u64 {
    super::list::page(store, 0, 0).await.total
}
