//! The dialect of routes that belong to no surface.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;
use vestibule_application::ErrorKind;

use super::{Dialect, FrameworkProblem, Problem, codes};

/// `{"detail": "<reason phrase>"}`. Where a setting lets the request in, the text names that setting.
pub struct Plain;

impl Dialect for Plain {
    // Of what belongs to no surface the pages behind mailed links alone change accounts.
    const SURFACE: &'static str = "pages";

    fn render(problem: &Problem) -> HttpResponse {
        let status = match problem {
            Problem::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Framework(problem) => match problem {
                FrameworkProblem::RouteNotFound => StatusCode::NOT_FOUND,
                FrameworkProblem::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
                FrameworkProblem::BodyUnreadable => StatusCode::BAD_REQUEST,
                FrameworkProblem::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                FrameworkProblem::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
                FrameworkProblem::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
                FrameworkProblem::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Problem::Refused { code, .. } => match code.kind() {
                ErrorKind::Invalid => StatusCode::BAD_REQUEST,
                ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
                ErrorKind::Forbidden => StatusCode::FORBIDDEN,
                ErrorKind::NotFound => StatusCode::NOT_FOUND,
                ErrorKind::Conflict => StatusCode::CONFLICT,
                ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
                ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            },
        };
        let reason = status.canonical_reason().unwrap_or("Error");
        let detail = match problem {
            Problem::Refused { code: codes::THROUGH_A_PROXY | codes::FOREIGN_PAGE, .. } => {
                problem.parameter_or("how", reason)
            }
            _ => reason,
        };
        HttpResponse::build(status).json(json!({ "detail": detail }))
    }
}
