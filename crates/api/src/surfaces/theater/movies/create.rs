//! `POST /api/v1/theater/movies/` (theater contract 2.8).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::catalogue::{CreateMovieInput, Editor};
use vestibule_domain::catalogue::{MovieFacts, NewMovie};

use super::rules;
use super::view::{Movie, Status};
use crate::http::extract::NotAuthenticated;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::json;
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::{Input, Rejection};
use time::macros::date;
use vestibule_application::catalogue::CreateMovieError;

/// A new movie, as it is sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the field reader reads it")]
pub(in crate::surfaces::theater) struct MovieToCreate {
    /// At most 255 characters.
    #[schema(max_length = 255, example = "Metropolis")]
    name: String,
    /// Release; the year is at most the next one.
    #[schema(format = Date, example = "1927-01-10")]
    date: String,
    /// From 0 to 100.
    #[schema(minimum = 0, maximum = 100, example = 89.0)]
    score: f64,
    /// What it is about.
    #[schema(example = "A city of towers, and of those who work below it.")]
    overview: String,
    /// How far it is.
    #[schema(example = "Released")]
    status: Status,
    /// At most 13 digits before the point; rounded to cents.
    #[schema(minimum = 0, example = 1_300_000.0)]
    budget: f64,
    /// What it earned.
    #[schema(minimum = 0, example = 1_350_322.0)]
    revenue: f64,
    /// Code of the country; upper-cased.
    #[schema(max_length = 3, example = "DE")]
    country: String,
    /// In title case: `Sci-Fi`.
    #[schema(example = json!(["Science Fiction", "Drama"]))]
    genres: Vec<String>,
    /// In title case.
    #[schema(example = json!(["Brigitte Helm"]))]
    actors: Vec<String>,
    /// In title case.
    #[schema(example = json!(["German"]))]
    languages: Vec<String>,
}

/// A new movie.
pub(in crate::surfaces::theater) struct Creation(NewMovie);

impl ReadFields for Creation {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, now: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let name = fields.body("name", rules::name());
        let date = fields.body("date", rules::release(now));
        let score = fields.body("score", rules::score());
        let overview = fields.body("overview", rules::overview());
        let status = fields.body("status", rules::status());
        let budget = fields.body("budget", rules::budget());
        let revenue = fields.body("revenue", rules::revenue());
        let country = fields.body("country", rules::country());
        let genres = fields.body("genres", rules::names());
        let actors = fields.body("actors", rules::names());
        let languages = fields.body("languages", rules::names());
        fields.finish(|| {
            let facts = MovieFacts {
                name: name?,
                date: date?,
                score: score?,
                overview: overview?,
                status: status?,
                budget: budget?,
                revenue: revenue?,
            };
            Some(Self(NewMovie {
                facts,
                country: country?,
                country_name: None,
                genres: genres?,
                actors: actors?,
                languages: languages?,
            }))
        })
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/theater/movies/", create)
        .called("movies", "createMovie", "Create a movie")
        .about(
            "Genres, actors, languages and a country that are not there yet are added. Needs the token of a\n\
             moderator or administrator when the door `catalogue_writes` is closed.",
        )
        .bearer_unless_open()
        .json::<MovieToCreate>()
        .answers::<Movie>(StatusCode::CREATED, "The movie, as stored")
        .refuses("Not authenticated, while the door is closed", NotAuthenticated)
        .refuses("Neither moderator nor administrator, while the door is closed", Editor::REFUSED)
        .refuses(
            "There is a movie of this name and date",
            CreateMovieError::Exists { name: "Metropolis".to_owned(), date: date!(1927 - 01 - 10) },
        )
}

async fn create(
    input: Input<Creation, Editor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let input = CreateMovieInput { editor: input.admitted, movie: input.values.0 };
    let movie = services.create_movie.execute(input).await?;
    Ok(json(StatusCode::CREATED, &Movie::from(movie)))
}
