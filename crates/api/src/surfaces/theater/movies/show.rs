//! `GET /api/v1/theater/movies/{movie_id}/` (theater contract 2.9).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_domain::catalogue::MovieId;

use super::rules;
use super::view::Movie;
use crate::http::documented::{AnyEndpoint, ErrorDetail};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, integer};
use crate::http::json;
use crate::surfaces::theater::{Input, Rejection};

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

/// Show a movie
#[utoipa::path(
    get, path = "/api/v1/theater/movies/{movie_id}/", tag = "movies", operation_id = "showMovie",
    params(("movie_id" = i64, Path, description = "Id of the movie")),
    responses(
        AnyEndpoint,
        (status = 200, description = "The movie", body = Movie),
        (status = 404, description = "There is no such movie", body = ErrorDetail,
            example = json!({"detail": "Movie with the given ID was not found."})),
    )
)]
pub(in crate::surfaces::theater) async fn show(
    input: Input<WantedMovie>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let movie = services.show_movie.execute(input.values.id).await?;
    Ok(json(StatusCode::OK, &Movie::from(movie)))
}
