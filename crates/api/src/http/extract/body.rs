//! Bodies as a whole.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest as _, HttpRequest};
use bytes::Bytes;

use crate::http::FrameworkProblem;

/// Reads a body into memory, up to the limit of all bodies (`server.max_body`).
pub(crate) async fn body_bytes(
    request: &HttpRequest,
    mut payload: Payload,
) -> Result<Bytes, FrameworkProblem> {
    Bytes::from_request(request, &mut payload).await.map_err(|error| match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => FrameworkProblem::BodyTooLarge,
        _ => FrameworkProblem::BodyUnreadable,
    })
}
