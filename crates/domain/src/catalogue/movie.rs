//! The movie and its views.

use time::Date;

use super::{Amount, CountryCode, MovieStatus, Name, NameKind, Score};

/// The id of a movie, given by the store at insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MovieId(pub i64);

/// The facts of a movie that stand in its own row. Name and date together are unique.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MovieFacts {
    pub name: Name,
    pub date: Date,
    pub score: Score,
    /// A summary, without NUL.
    pub overview: String,
    pub status: MovieStatus,
    pub budget: Amount,
    /// Finite and not negative.
    pub revenue: f64,
}

/// A movie that is to be added, with the names of its country, genres, actors and languages.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewMovie {
    pub facts: MovieFacts,
    pub country: CountryCode,
    /// The name that the country gets if the catalogue does not have it yet.
    pub country_name: Option<String>,
    /// Names of its genres. A name that is repeated counts once.
    pub genres: Vec<Name>,
    /// Names of its actors. A name that is repeated counts once.
    pub actors: Vec<Name>,
    /// Names of its languages. A name that is repeated counts once.
    pub languages: Vec<Name>,
}

impl NewMovie {
    /// Its genres, actors or languages.
    pub fn names(&self, kind: NameKind) -> &[Name] {
        match kind {
            NameKind::Genre => &self.genres,
            NameKind::Actor => &self.actors,
            NameKind::Language => &self.languages,
        }
    }
}

/// A movie whose names are resolved to ids: what the store keeps.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MovieRecord {
    pub facts: MovieFacts,
    /// Id of its country.
    pub country: i64,
    /// Ids of its genres, each once.
    pub genres: Vec<i64>,
    /// Ids of its actors, each once.
    pub actors: Vec<i64>,
    /// Ids of its languages, each once.
    pub languages: Vec<i64>,
}

impl MovieRecord {
    /// The ids of its genres, actors or languages.
    pub fn ids(&self, kind: NameKind) -> &[i64] {
        match kind {
            NameKind::Genre => &self.genres,
            NameKind::Actor => &self.actors,
            NameKind::Language => &self.languages,
        }
    }
}

/// One of many movies, as it was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddedMovie {
    /// Its place among them.
    pub place: usize,
    /// The id that it got.
    pub id: MovieId,
}

/// A change of a movie. A field that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MovieChange {
    pub name: Option<Name>,
    pub date: Option<Date>,
    pub score: Option<Score>,
    pub overview: Option<String>,
    pub status: Option<MovieStatus>,
    pub budget: Option<Amount>,
    pub revenue: Option<f64>,
}

impl MovieChange {
    /// The change that changes nothing.
    pub const NOTHING: Self = Self {
        name: None,
        date: None,
        score: None,
        overview: None,
        status: None,
        budget: None,
        revenue: None,
    };

    /// Whether every field is `None`.
    pub fn is_empty(&self) -> bool {
        *self == Self::NOTHING
    }
}

/// A movie in the list of movies.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MovieSummary {
    pub id: MovieId,
    /// Name, as stored.
    pub name: String,
    pub date: Date,
    pub score: f64,
    pub overview: String,
}

/// A movie with its country, genres, actors and languages.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MovieDetail {
    pub id: MovieId,
    pub facts: MovieFacts,
    pub country: Country,
    /// Genres, by ascending id.
    pub genres: Vec<NamedId>,
    /// Actors, by ascending id.
    pub actors: Vec<NamedId>,
    /// Languages, by ascending id.
    pub languages: Vec<NamedId>,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Country {
    pub id: i64,
    /// Code, unique.
    pub code: CountryCode,
    /// Name, if it is known.
    pub name: Option<String>,
}

/// A genre, an actor or a language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NamedId {
    pub id: i64,
    /// Name, as stored.
    pub name: String,
}
