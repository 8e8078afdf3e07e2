//! `DELETE /api/v1/theater/movies/{movie_id}/` (theater contract 2.10).

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::catalogue::{Editor, RemoveMovieInput};

use super::show::WantedMovie;
use crate::http::documented::{AnyEndpoint, ErrorDetail};
use crate::surfaces::theater::{Input, Rejection};

/// Delete a movie
///
/// Needs the token of a moderator or administrator when the door `catalogue_writes` is closed.
#[utoipa::path(
    delete, path = "/api/v1/theater/movies/{movie_id}/", tag = "movies", operation_id = "deleteMovie",
    params(("movie_id" = i64, Path, description = "Id of the movie")),
    security((), ("bearer" = [])),
    responses(
        AnyEndpoint,
        (status = 204, description = "The movie is gone; what it shared with others stays"),
        (status = 401, description = "Not authenticated, while the door is closed", body = ErrorDetail,
            example = json!({"detail": "Not authenticated"})),
        (status = 403, description = "Neither moderator nor administrator, while the door is closed",
            body = ErrorDetail,
            example = json!({"detail": "Only moderators and administrators may change the catalogue."})),
        (status = 404, description = "There is no such movie", body = ErrorDetail,
            example = json!({"detail": "Movie with the given ID was not found."})),
    )
)]
pub(in crate::surfaces::theater) async fn remove(
    input: Input<WantedMovie, Editor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let input = RemoveMovieInput { editor: input.admitted, id: input.values.id };
    services.remove_movie.execute(input).await?;
    Ok(HttpResponse::NoContent().content_type(ContentType::json()).finish())
}
