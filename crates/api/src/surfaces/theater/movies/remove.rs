//! `DELETE /api/v1/theater/movies/{movie_id}/` (theater contract 2.10).

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::catalogue::{Editor, RemoveMovieInput};

use super::show::WantedMovie;
use crate::http::endpoint::PathValue;
use crate::http::extract::NotAuthenticated;
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::{Input, Rejection};
use actix_web::http::StatusCode;
use vestibule_application::catalogue::RemoveMovieError;

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::delete("/api/v1/theater/movies/{movie_id}/", remove)
        .called("movies", "deleteMovie", "Delete a movie")
        .about("Needs the token of a moderator or administrator when the door `catalogue_writes` is closed.")
        .bearer_unless_open()
        .path_value(PathValue::id("movie_id", "Id of the movie"))
        .answers_nothing(StatusCode::NO_CONTENT, "The movie is gone; what it shared with others stays")
        .refuses("Not authenticated, while the door is closed", NotAuthenticated)
        .refuses("Neither moderator nor administrator, while the door is closed", Editor::REFUSED)
        .refuses("There is no such movie", RemoveMovieError::NotFound)
}

async fn remove(
    input: Input<WantedMovie, Editor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let input = RemoveMovieInput { editor: input.admitted, id: input.values.id };
    services.remove_movie.execute(input).await?;
    Ok(HttpResponse::NoContent().content_type(ContentType::json()).finish())
}
