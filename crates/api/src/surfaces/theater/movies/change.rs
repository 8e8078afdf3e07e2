//! `PATCH /api/v1/theater/movies/{movie_id}/` (theater contract 2.11).

use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::catalogue::{ChangeMovieInput, Editor};
use vestibule_domain::catalogue::{MovieChange, MovieId};

use super::rules;
use super::view::Status;
use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::endpoint::PathValue;
use crate::http::extract::NotAuthenticated;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, Patch, ValidationErrors};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::{Input, Rejection};
use actix_web::http::StatusCode;
use vestibule_application::catalogue::ChangeMovieError;

/// What is to change, as it is sent; what is left out stays.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the field reader reads it")]
pub(in crate::surfaces::theater) struct MovieToChange {
    /// At most 255 characters.
    #[schema(max_length = 255, nullable = false)]
    name: Option<String>,
    /// Release; the year is at most the next one.
    #[schema(format = Date, nullable = false)]
    date: Option<String>,
    /// From 0 to 100.
    #[schema(minimum = 0, maximum = 100, nullable = false, example = 92.5)]
    score: Option<f64>,
    /// What it is about.
    #[schema(nullable = false)]
    overview: Option<String>,
    /// How far it is.
    #[schema(nullable = false)]
    status: Option<Status>,
    /// At most 13 digits before the point; rounded to cents.
    #[schema(minimum = 0, nullable = false)]
    budget: Option<f64>,
    /// What it earned.
    #[schema(minimum = 0, nullable = false)]
    revenue: Option<f64>,
}

/// What is to change of which movie.
pub(in crate::surfaces::theater) struct Changes {
    id: MovieId,
    /// `None`: a field was sent as `null`, and each must have a value.
    change: Option<MovieChange>,
}

impl ReadFields for Changes {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, now: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("movie_id", integer());
        let name = fields.body_optional("name", rules::name());
        let date = fields.body_optional("date", rules::release(now));
        let score = fields.body_optional("score", rules::score());
        let overview = fields.body_optional("overview", rules::overview());
        let status = fields.body_optional("status", rules::status());
        let budget = fields.body_optional("budget", rules::budget());
        let revenue = fields.body_optional("revenue", rules::revenue());
        fields.finish(|| {
            let mut complete = true;
            let change = MovieChange {
                name: value(name?, &mut complete),
                date: value(date?, &mut complete),
                score: value(score?, &mut complete),
                overview: value(overview?, &mut complete),
                status: value(status?, &mut complete),
                budget: value(budget?, &mut complete),
                revenue: value(revenue?, &mut complete),
            };
            Some(Self { id: rules::movie_id(id?), change: complete.then_some(change) })
        })
    }
}

/// The value, if one was sent; notes a `null`.
fn value<T>(patch: Patch<T>, complete: &mut bool) -> Option<T> {
    *complete &= !patch.is_null();
    patch.value()
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct Changed {
    /// In words.
    #[schema(example = "Movie updated successfully.")]
    detail: &'static str,
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::patch("/api/v1/theater/movies/{movie_id}/", change)
        .called("movies", "changeMovie", "Change a movie")
        .about(
            "Country, genres, actors and languages cannot be changed. Needs the token of a moderator or\n\
             administrator when the door `catalogue_writes` is closed.",
        )
        .bearer_unless_open()
        .path_value(PathValue::id("movie_id", "Id of the movie"))
        .json::<MovieToChange>()
        .answers::<Changed>(StatusCode::OK, "The movie is changed")
        .refuses_for(
            "A value is null, or another movie has this name and date",
            [("value", ChangeMovieError::DoesNotFit.into()), ("body", BodyUnreadable.into())],
        )
        .refuses("Not authenticated, while the door is closed", NotAuthenticated)
        .refuses("Neither moderator nor administrator, while the door is closed", Editor::REFUSED)
        .refuses("There is no such movie", ChangeMovieError::NotFound)
}

async fn change(
    input: Input<Changes, Editor>,
    services: web::Data<Services>,
) -> Result<web::Json<Changed>, Rejection> {
    let Changes { id, change } = input.values;
    services.change_movie.execute(ChangeMovieInput { editor: input.admitted, id, change }).await?;
    Ok(web::Json(Changed { detail: "Movie updated successfully." }))
}
