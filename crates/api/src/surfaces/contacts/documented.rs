//! The shapes of errors, for the OpenAPI document.

use utoipa::{IntoResponses, ToSchema};

use crate::http::documented::ErrorDetail;

/// Over a limit.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the dialect writes it")]
pub(super) struct LimitExceeded {
    /// Which limit it is.
    error: String,
}

/// What an endpoint with a limit may answer besides.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a shape for the documents; the dialect writes it")]
pub(super) enum LimitedEndpoint {
    /// Too many requests; `Retry-After` says in how many seconds to try again
    #[response(status = 429, example = json!({"error": "Rate limit exceeded: 10 per 1 minute"}))]
    TooMany(LimitExceeded),
}

/// What an endpoint without values may answer besides.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a shape for the documents; the dialect writes it")]
pub(super) enum PlainEndpoint {
    /// Overloaded, or it took too long; `Retry-After` says in how many seconds to try again
    #[response(status = 503, example = json!({"detail": "Service Unavailable"}))]
    Unavailable(ErrorDetail),
}

/// What an endpoint for callers with an access token may answer besides.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a shape for the documents; the dialect writes it")]
pub(super) enum AuthenticatedEndpoint {
    /// No access token, or not a good one
    #[response(status = 401, example = json!({"detail": "Not authenticated"}))]
    Unauthenticated(ErrorDetail),
}

/// What an endpoint for one contact may answer besides.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a shape for the documents; the dialect writes it")]
pub(super) enum ContactEndpoint {
    /// There is no such contact in the caller's address book
    #[response(status = 404, example = json!({"detail": "Contact was not found"}))]
    NotFound(ErrorDetail),
}
