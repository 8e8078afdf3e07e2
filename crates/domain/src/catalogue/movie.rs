//! The movie and its views.

use time::Date;

use super::{Amount, CountryCode, MovieStatus, Name, NameKind, Score};

/// The id of a movie, given by the store at insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MovieId(pub i64);

/// What a movie says about itself. Name and date together are unique.
#[derive(Debug, Clone, PartialEq)]
pub struct MovieFacts {
    /// Name.
    pub name: Name,
    /// Release.
    pub date: Date,
    /// What people think of it.
    pub score: Score,
    /// What it is about; no NUL.
    pub overview: String,
    /// How far it is.
    pub status: MovieStatus,
    /// What it cost.
    pub budget: Amount,
    /// What it earned; finite and not negative.
    pub revenue: f64,
}

/// A movie that is to be added, with the names of all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMovie {
    /// What it says about itself.
    pub facts: MovieFacts,
    /// Where it is from.
    pub country: CountryCode,
    /// A name for a country that is not there yet.
    pub country_name: Option<String>,
    /// Names of its genres; doubles count once.
    pub genres: Vec<Name>,
    /// Names of its actors; doubles count once.
    pub actors: Vec<Name>,
    /// Names of its languages; doubles count once.
    pub languages: Vec<Name>,
}

impl NewMovie {
    /// The names of one kind.
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
pub struct MovieRecord {
    /// What it says about itself.
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
    /// The ids of one kind.
    pub fn ids(&self, kind: NameKind) -> &[i64] {
        match kind {
            NameKind::Genre => &self.genres,
            NameKind::Actor => &self.actors,
            NameKind::Language => &self.languages,
        }
    }
}

/// What is to change of a movie; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MovieChange {
    /// Name.
    pub name: Option<Name>,
    /// Release.
    pub date: Option<Date>,
    /// Score.
    pub score: Option<Score>,
    /// Overview.
    pub overview: Option<String>,
    /// Status.
    pub status: Option<MovieStatus>,
    /// Budget.
    pub budget: Option<Amount>,
    /// Revenue.
    pub revenue: Option<f64>,
}

impl MovieChange {
    /// Nothing at all.
    pub const NOTHING: Self = Self {
        name: None,
        date: None,
        score: None,
        overview: None,
        status: None,
        budget: None,
        revenue: None,
    };

    /// Whether nothing is to change.
    pub fn is_empty(&self) -> bool {
        *self == Self::NOTHING
    }
}

/// A line of the list of movies.
#[derive(Debug, Clone, PartialEq)]
pub struct MovieSummary {
    /// Id.
    pub id: MovieId,
    /// Name, as stored.
    pub name: String,
    /// Release.
    pub date: Date,
    /// Score.
    pub score: f64,
    /// Overview.
    pub overview: String,
}

/// A movie with all that belongs to it, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct MovieDetail {
    /// Id.
    pub id: MovieId,
    /// What it says about itself.
    pub facts: MovieFacts,
    /// Where it is from.
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
pub struct Country {
    /// Id.
    pub id: i64,
    /// Code, unique.
    pub code: CountryCode,
    /// Name, if it is known.
    pub name: Option<String>,
}

/// A genre, an actor or a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedId {
    /// Id.
    pub id: i64,
    /// Name, as stored.
    pub name: String,
}
