//! `GET /api/v1/theater/movies/{movie_id}/` (theater contract 2.9).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::answers::Question;
use vestibule_domain::catalogue::MovieId;

use super::rules;
use super::view::Movie;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::{json, kept};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::{Input, Rejection};
use vestibule_application::catalogue::ShowMovieError;

/// Which movie.
pub(in crate::surfaces::theater) struct WantedMovie {
    pub(super) id: MovieId,
}

impl ReadFields for WantedMovie {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("movie_id", integer());
        fields.finish(|| Some(Self { id: rules::movie_id(id?) }))
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::get("/api/v1/theater/movies/{movie_id}/", show)
        .called("movies", "showMovie", "Show a movie")
        .path_value(PathValue::id("movie_id", "Id of the movie"))
        .answers::<Movie>(StatusCode::OK, "The movie")
        .refuses("There is no such movie", ShowMovieError::NotFound)
}

async fn show(input: Input<WantedMovie>, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let id = input.values.id;
    kept(&services.answers, Question::of_movies(format_args!("theater movie {}", id.0)), async || {
        let movie = services.show_movie.execute(id).await?;
        Ok(json(StatusCode::OK, &Movie::from(movie)))
    })
    .await
}
