//! Headers for every answer.

use actix_web::dev::ServiceResponse;
use actix_web::error::InternalError;
use actix_web::http::header::HeaderMap;

/// Changes the headers of an answer. An error is turned into its answer first, because it would become one only at
/// the very end.
pub(super) fn amend<B>(
    outcome: Result<ServiceResponse<B>, actix_web::Error>,
    change: impl FnOnce(&mut HeaderMap),
) -> Result<ServiceResponse<B>, actix_web::Error> {
    match outcome {
        Ok(mut response) => {
            change(response.headers_mut());
            Ok(response)
        }
        Err(error) => {
            let mut response = error.error_response();
            change(response.headers_mut());
            Err(InternalError::from_response(error, response).into())
        }
    }
}
