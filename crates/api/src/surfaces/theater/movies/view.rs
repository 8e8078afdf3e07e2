//! How a movie is shown.

use serde::Serialize;
use utoipa::ToSchema;
use vestibule_domain::catalogue::{MovieDetail, NamedId};

/// How far a movie is.
#[derive(ToSchema)]
#[schema(as = MovieStatus)]
#[expect(dead_code, reason = "a shape for the documents")]
pub(in crate::surfaces::theater) enum Status {
    Released,
    #[schema(rename = "Post Production")]
    PostProduction,
    #[schema(rename = "In Production")]
    InProduction,
}

/// A movie with all that belongs to it (theater contract 2.8).
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct Movie {
    /// Name.
    #[schema(example = "Metropolis")]
    name: String,
    /// Release.
    #[schema(format = Date, example = "1927-01-10")]
    date: String,
    /// From 0 to 100.
    #[schema(example = 89.0)]
    score: f64,
    /// What it is about.
    overview: String,
    /// How far it is.
    #[schema(value_type = Status, example = "Released")]
    status: &'static str,
    /// What it cost.
    #[schema(example = 1_300_000.0)]
    budget: f64,
    /// What it earned.
    #[schema(example = 1_350_322.0)]
    revenue: f64,
    /// Id.
    id: i64,
    /// Where it is from.
    country: Country,
    /// By ascending id.
    genres: Vec<Named>,
    /// By ascending id.
    actors: Vec<Named>,
    /// By ascending id.
    languages: Vec<Named>,
}

/// A country.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct Country {
    /// Id.
    id: i64,
    /// Code.
    #[schema(example = "DE")]
    code: String,
    /// Name, if it is known.
    name: Option<String>,
}

/// A genre, an actor or a language.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct Named {
    /// Id.
    id: i64,
    /// Name.
    #[schema(example = "Drama")]
    name: String,
}

impl From<MovieDetail> for Movie {
    fn from(movie: MovieDetail) -> Self {
        Self {
            name: movie.facts.name.as_str().to_owned(),
            date: movie.facts.date.to_string(),
            score: movie.facts.score.get(),
            overview: movie.facts.overview,
            status: movie.facts.status.as_str(),
            budget: movie.facts.budget.to_number(),
            revenue: movie.facts.revenue,
            id: movie.id.0,
            country: Country {
                id: movie.country.id,
                code: movie.country.code.as_str().to_owned(),
                name: movie.country.name,
            },
            genres: named(movie.genres),
            actors: named(movie.actors),
            languages: named(movie.languages),
        }
    }
}

fn named(names: Vec<NamedId>) -> Vec<Named> {
    names.into_iter().map(|named| Named { id: named.id, name: named.name }).collect()
}
